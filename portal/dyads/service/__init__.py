"""The verbs of the pairs: find, begin, share, compare the code, end."""

from portal.dyads.service.beginning import make_dyad as make_dyad
from portal.dyads.service.beginning import pin_link as pin_link
from portal.dyads.service.codes import code_for as code_for
from portal.dyads.service.codes import confirm_code as confirm_code
from portal.dyads.service.codes import short_code as short_code
from portal.dyads.service.ending import end_dyad as end_dyad
from portal.dyads.service.ending import goodbyes_and_room as goodbyes_and_room
from portal.dyads.service.ending import goodbyes_of as goodbyes_of
from portal.dyads.service.ending import see_end as see_end
from portal.dyads.service.names import own_title as own_title
from portal.dyads.service.names import remember_partners as remember_partners
from portal.dyads.service.names import rename_in_dyads as rename_in_dyads
from portal.dyads.service.openings import openings_page as openings_page
from portal.dyads.service.pairs import dyad_for as dyad_for
from portal.dyads.service.pairs import dyad_key as dyad_key
from portal.dyads.service.pairs import dyads_of as dyads_of
from portal.dyads.service.pairs import hold as hold
from portal.dyads.service.pairs import in_dyad as in_dyad
from portal.dyads.service.pairs import is_member as is_member
from portal.dyads.service.pairs import trusted_identity as trusted_identity
from portal.dyads.service.pairs import while_held as while_held
from portal.dyads.service.rooms import room_of as room_of
from portal.dyads.service.rooms import set_cap as set_cap
from portal.dyads.service.sharing import share_part as share_part
from portal.dyads.service.sharing import unshare_part as unshare_part
from portal.dyads.service.sharing import who_sees_what as who_sees_what
