"""The addresses of the advocates' desk. None names a conversation: ids travel in bodies.

The stream of events, /staff/desk/live, stands beside Django: leeward.line.live.
"""

from __future__ import annotations

from django.urls import path

from leeward.desk.views import calls, cards, console, keys, recovery, state, talks

app_name = "desk"
urlpatterns = [
    path("", console.desk, name="desk"),
    path("state/", state.state, name="state"),
    path("here/", state.here, name="here"),
    path("on/", state.presence, name="on"),
    path("keys/make/", keys.make, name="make_key"),
    path("keys/wrap/", keys.wrap, name="wrap_key"),
    path("keys/unlock-no-more/", keys.unlock_no_more, name="unlock_no_more"),
    path("keys/drop/", keys.drop, name="drop_key"),
    path("team/first/", keys.first, name="first_key"),
    path("team/admit/", keys.admit, name="admit"),
    path("team/next/", keys.follow, name="next_key"),
    path("recovery/make/", recovery.make, name="make_shares"),
    path("recovery/ask/", recovery.ask, name="ask_share"),
    path("recovery/mine/", recovery.mine, name="my_shares"),
    path("recovery/hand/", recovery.hand, name="hand_share"),
    path("recovery/off/", recovery.call_off, name="call_off"),
    path("recovery/restore/", recovery.restore, name="restore"),
    path("talk/take/", talks.take, name="take"),
    path("talk/read/", talks.read, name="read"),
    path("talk/say/", talks.say, name="say"),
    path("talk/epoch/", talks.epoch, name="epoch"),
    path("talk/keys/", talks.add_keys, name="talk_keys"),
    path("talk/sign/", talks.sign, name="sign"),
    path("talk/hand/", talks.hand, name="hand"),
    path("talk/bring/", talks.bring, name="bring"),
    path("talk/join/", talks.join, name="join"),
    path("talk/back/", talks.come_back, name="come_back"),
    path("talk/step/", talks.step, name="step"),
    path("talk/flags/", talks.flags, name="flags"),
    path("talk/note/", talks.note, name="note"),
    path("talk/note/drop/", talks.drop_note, name="drop_note"),
    path("talk/end/", talks.end, name="end"),
    path("counts/", talks.counts, name="counts"),
    path("call/take/", calls.take, name="call_take"),
    path("call/tried/", calls.tried, name="call_tried"),
    path("call/back/", calls.back, name="call_back"),
    path("call/done/", calls.done, name="call_done"),
    path("cards/", cards.look, name="cards"),
]
