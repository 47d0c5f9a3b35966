"""The verbs of messages: write, take back, open, answer, read; and what lists and jobs need."""

from portal.messaging.service.answering import answer_in_one_press as answer_in_one_press
from portal.messaging.service.answering import keep_for_meeting as keep_for_meeting
from portal.messaging.service.answering import react as react
from portal.messaging.service.beginning import begin_with as begin_with
from portal.messaging.service.beginning import bring_words as bring_words
from portal.messaging.service.hello import hello_for as hello_for
from portal.messaging.service.hello import tell_hellos as tell_hellos
from portal.messaging.service.holding import draft_place as draft_place
from portal.messaging.service.holding import let_go as let_go
from portal.messaging.service.holding import take_back as take_back
from portal.messaging.service.lists import threads_of as threads_of
from portal.messaging.service.opening import open_waiting as open_waiting
from portal.messaging.service.prompting import tell_workers as tell_workers
from portal.messaging.service.reading import thread_for as thread_for
from portal.messaging.service.reviewing import ask_for_reviews as ask_for_reviews
from portal.messaging.service.sending import ask_meaning as ask_meaning
from portal.messaging.service.sending import knock as knock
from portal.messaging.service.sending import send as send
from portal.messaging.service.sending import send_hello as send_hello
