"""Addresses of the staff's screens, below /staff/."""

from django.urls import path

from leeward.people.views import accounts, audit, invitation, me, passkeys, sign_in

app_name = "people"
urlpatterns = [
    path("", sign_in.start, name="start"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/passkey/begin/", passkeys.begin_sign_in, name="passkey_sign_in_begin"),
    path("sign-in/passkey/complete/", passkeys.complete_sign_in, name="passkey_sign_in_complete"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("invitation/<str:token>/", invitation.open_link, name="invitation"),
    path("welcome/password/", invitation.choose_password, name="choose_password"),
    path("welcome/app/", invitation.set_up_app, name="set_up_app"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/invite/", accounts.invite, name="invite"),
    path("accounts/<int:identity>/", accounts.account, name="account"),
    path("accounts/<int:identity>/roles/", accounts.change_roles, name="change_roles"),
    path("accounts/<int:identity>/reset/", accounts.reset, name="reset"),
    path("accounts/<int:identity>/shut/", accounts.deactivate, name="deactivate"),
    path("accounts/<int:identity>/open/", accounts.reactivate, name="reactivate"),
    path("invitations/<int:identity>/renew/", accounts.renew_invitation, name="renew_invitation"),
    path(
        "invitations/<int:identity>/withdraw/",
        accounts.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("audit/", audit.audit, name="audit"),
    path("me/", me.me, name="me"),
    path("me/language/", me.choose_language, name="choose_language"),
    path("me/password/", me.change_password, name="change_password"),
    path("me/recovery-codes/", me.new_recovery_codes, name="new_recovery_codes"),
    path("me/passkeys/begin/", passkeys.begin_making, name="passkey_begin"),
    path("me/passkeys/complete/", passkeys.complete_making, name="passkey_complete"),
    path("me/passkeys/<int:identity>/remove/", me.remove_passkey, name="remove_passkey"),
]
