"""The verbs of invitations: write one, look after it, read the letter, answer it, send the mail."""

from portal.dyads.invitations.service.answering import accept as accept
from portal.dyads.invitations.service.answering import decline as decline
from portal.dyads.invitations.service.answering import put_off as put_off
from portal.dyads.invitations.service.finding import has_invited as has_invited
from portal.dyads.invitations.service.finding import invitation_for as invitation_for
from portal.dyads.invitations.service.finding import invitations_of as invitations_of
from portal.dyads.invitations.service.finding import letters_now as letters_now
from portal.dyads.invitations.service.reading import letter_for as letter_for
from portal.dyads.invitations.service.reading import reader_of as reader_of
from portal.dyads.invitations.service.sending import invite as invite
from portal.dyads.invitations.service.sending import send_again as send_again
from portal.dyads.invitations.service.sending import withdraw_invitation as withdraw_invitation
