-- The views of a release, over its tables events, mentions, reports and links. Each stands after its name. Those that
-- may have a row for every third mention come in no order: to sort them takes longer than to count.

-- name: by_week
-- Events that were on days of one week (Monday to Sunday), beside the reports published in it; null is no known week.
WITH told AS (
    SELECT
        CASE WHEN date_trunc('week', date_start) = date_trunc('week', date_end)
             THEN CAST(date_trunc('week', date_start) AS DATE) END AS week,
        count(*) AS events,
        CAST(sum(mentions) AS BIGINT) AS mentions
    FROM events GROUP BY ALL
),
published AS (
    SELECT CAST(date_trunc('week', published_day) AS DATE) AS week, count(*) AS reports
    FROM reports GROUP BY ALL
)
SELECT
    coalesce(told.week, published.week) AS week,
    coalesce(events, 0) AS events,
    coalesce(mentions, 0) AS mentions,
    coalesce(reports, 0) AS reports_published
FROM told FULL JOIN published ON told.week IS NOT DISTINCT FROM published.week
ORDER BY week NULLS LAST;

-- name: weekly_events
-- Events by week, place and type; null is a week, a place or a type that is not known.
SELECT
    CASE WHEN date_trunc('week', date_start) = date_trunc('week', date_end)
         THEN CAST(date_trunc('week', date_start) AS DATE) END AS week,
    country, admin1, place, type,
    count(*) AS events,
    CAST(sum(mentions) AS BIGINT) AS mentions
FROM events
GROUP BY ALL;

-- name: weekly_mentions
-- Mentions by week, place and type, as each of them tells it, whatever its event has.
SELECT
    CASE WHEN date_trunc('week', date_start) = date_trunc('week', date_end)
         THEN CAST(date_trunc('week', date_start) AS DATE) END AS week,
    country, admin1, place, type,
    count(*) AS mentions
FROM mentions
GROUP BY ALL;

-- name: by_place
-- Events by place; null is a place that is not known.
SELECT
    country, country_name, admin1, place, place_precision, geonameid, latitude, longitude,
    count(*) AS events,
    CAST(sum(mentions) AS BIGINT) AS mentions,
    min(date_start) AS first_day,
    max(date_end) AS last_day
FROM events
GROUP BY ALL
ORDER BY events DESC, country NULLS LAST, admin1 NULLS LAST, place NULLS LAST, geonameid NULLS LAST;

-- name: by_type
-- Events by type and mode, how many of them stand unverified, and how many of their mentions people looked at.
SELECT
    type, mode,
    count(*) AS events,
    count(*) FILTER (WHERE status = 'reported') AS reported,
    count(*) FILTER (WHERE status = 'reported, unverified') AS unverified,
    count(*) FILTER (WHERE status = 'possible') AS possible,
    CAST(sum(mentions) AS BIGINT) AS mentions,
    CAST(sum(reviewed) AS BIGINT) AS mentions_reviewed
FROM events
GROUP BY ALL
ORDER BY events DESC, type NULLS LAST, mode NULLS LAST;

-- name: by_source
-- Publishers: their reports, the events that these tell of, and those of which nobody else tells.
WITH told AS (
    SELECT DISTINCT publisher, event
    FROM mentions WHERE event IS NOT NULL
),
counted AS (
    SELECT publisher, count(*) AS events, count(*) FILTER (WHERE tellers = 1) AS events_alone
    FROM told JOIN (SELECT event, count(*) AS tellers FROM told GROUP BY event) USING (event)
    GROUP BY publisher
),
published AS (
    SELECT
        publisher, interest,
        count(*) AS reports,
        count(*) FILTER (WHERE mentions = 0) AS without_mentions,
        CAST(sum(mentions) AS BIGINT) AS mentions
    FROM reports GROUP BY ALL
)
SELECT
    published.publisher, interest, reports, without_mentions, mentions,
    coalesce(events, 0) AS events,
    coalesce(events_alone, 0) AS events_alone
FROM published LEFT JOIN counted ON published.publisher IS NOT DISTINCT FROM counted.publisher
ORDER BY reports DESC, published.publisher NULLS LAST, interest NULLS LAST;

-- name: coverage
-- Reports beside events, month by month: how much was read, how much of that tells of any event, and how much people
-- looked at. Events stand in the month of their earliest report: more of them may be more reports, and no more.
WITH published AS (
    SELECT
        CAST(date_trunc('month', published_day) AS DATE) AS month,
        count(*) AS reports,
        count(DISTINCT publisher) AS publishers,
        count(*) FILTER (WHERE mentions > 0) AS reports_with_mentions,
        CAST(sum(mentions) AS BIGINT) AS mentions,
        CAST(sum(reviewed) AS BIGINT) AS mentions_reviewed
    FROM reports GROUP BY ALL
),
told AS (
    SELECT CAST(date_trunc('month', first_published) AS DATE) AS month, count(*) AS events
    FROM events GROUP BY ALL
)
SELECT
    published.month, reports, publishers, reports_with_mentions, mentions, mentions_reviewed,
    coalesce(events, 0) AS events_first_told,
    round(coalesce(events, 0) / reports, 3) AS events_a_report
FROM published LEFT JOIN told ON published.month IS NOT DISTINCT FROM told.month
ORDER BY published.month NULLS LAST;
