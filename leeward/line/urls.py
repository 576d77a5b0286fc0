"""The addresses of the support line, for visitors; they stand under the language."""

from __future__ import annotations

from django.urls import path

from leeward.line.views import back, call, chat, consent, handing, keep, message, room, talk

app_name = "line"
urlpatterns = [
    path("talk/", talk.talk, name="talk"),
    path("talk/chat/", chat.chat, name="chat"),
    path("talk/write/", chat.write, name="write"),
    path("talk/hand/", handing.hand, name="hand"),
    path("talk/end/", chat.end, name="end"),
    path("talk/keep/", keep.keep, name="keep"),
    path("talk/message/", message.message, name="message"),
    path("talk/call/", call.call, name="call"),
    path("talk/consent/", consent.consent, name="consent"),
    path("talk/back/", back.back, name="back"),
    path("talk/kept/", back.kept, name="kept"),
    path("talk/words/", room.words, name="words"),
    path("talk/delete/", back.delete, name="delete"),
]
