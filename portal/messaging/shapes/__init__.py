"""The words and marks of messages, and what the thread's pages show."""

from portal.messaging.shapes.messages import MAIN_POINT_MAX as MAIN_POINT_MAX
from portal.messaging.shapes.messages import TEXT_MAX as TEXT_MAX
from portal.messaging.shapes.messages import Delivery as Delivery
from portal.messaging.shapes.messages import HeadBody as HeadBody
from portal.messaging.shapes.messages import Intent as Intent
from portal.messaging.shapes.messages import Kind as Kind
from portal.messaging.shapes.messages import MessageBody as MessageBody
from portal.messaging.shapes.messages import NewMessage as NewMessage
from portal.messaging.shapes.messages import Outcome as Outcome
from portal.messaging.shapes.messages import Outgoing as Outgoing
from portal.messaging.shapes.messages import State as State
from portal.messaging.shapes.messages import Trouble as Trouble
from portal.messaging.shapes.pages import Bundle as Bundle
from portal.messaging.shapes.pages import Envelope as Envelope
from portal.messaging.shapes.pages import HelloPage as HelloPage
from portal.messaging.shapes.pages import Line as Line
from portal.messaging.shapes.pages import News as News
from portal.messaging.shapes.pages import ReadingTimes as ReadingTimes
from portal.messaging.shapes.pages import ThreadCard as ThreadCard
from portal.messaging.shapes.pages import ThreadPage as ThreadPage
