from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from presscheck.dates import as_instant, in_zone

VIENNA = ZoneInfo("Europe/Vienna")
NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_moment_is_told_in_another_zone() -> None:
    assert in_zone(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), VIENNA).isoformat() == "2026-11-22T13:00:00+01:00"


@pytest.mark.parametrize(("moment", "zone"), [(FIRST, NEW_YORK), (LAST, VIENNA)])
def test_a_moment_that_no_calendar_has_there_stays_where_it_is(moment: datetime, zone: ZoneInfo) -> None:
    assert in_zone(moment, zone).isoformat() == moment.isoformat()


@pytest.mark.parametrize("zone", [VIENNA, NEW_YORK])
@pytest.mark.parametrize("data", [date(1, 1, 1), FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)])
def test_the_ends_of_the_calendar_are_placed_in_any_zone(data: date, zone: ZoneInfo) -> None:
    moment = as_instant(data, zone)
    assert moment is not None
    assert moment.tzinfo is zone
    assert moment.isoformat()[:10] == data.isoformat()[:10]
