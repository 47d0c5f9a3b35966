"""Pure decisions about agreements: no database and no clock."""

from portal.agreements.rules.comparing import both_words as both_words
from portal.agreements.rules.comparing import changes as changes
from portal.agreements.rules.comparing import compare as compare
from portal.agreements.rules.comparing import compare_field as compare_field
from portal.agreements.rules.comparing import meeting_point as meeting_point
from portal.agreements.rules.fields import DECIDERS as DECIDERS
from portal.agreements.rules.fields import FIELDS as FIELDS
from portal.agreements.rules.fields import decider_of as decider_of
from portal.agreements.rules.fields import with_question as with_question
from portal.agreements.rules.reviewing import SETTLING_IN as SETTLING_IN
from portal.agreements.rules.reviewing import TRIAL_WEEKS as TRIAL_WEEKS
from portal.agreements.rules.reviewing import first_review_on as first_review_on
from portal.agreements.rules.reviewing import next_review_on as next_review_on
from portal.agreements.rules.settling import Draft as Draft
from portal.agreements.rules.settling import Point as Point
from portal.agreements.rules.settling import changed_by as changed_by
from portal.agreements.rules.settling import draft_of as draft_of
from portal.agreements.rules.settling import may_be_tried as may_be_tried
from portal.agreements.rules.settling import settled as settled
from portal.agreements.rules.settling import tried as tried
