/* libical in C: parses, and follows rules and EXDATE (icalcomponent_foreach_recurrence). Joining series and overrides is
   left to the caller, and done here by hand: the date that an override replaces is left out.

       cc -O2 -o libical libical.c $(pkg-config --cflags --libs libical)

   The same call and the same answer as measure.py. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    const char *uid;
    time_t at;
} Replaced;

typedef struct {
    icalcomponent *event;
    time_t start, end;
} Found;

static Replaced *replaced;
static size_t replaced_count;
static Found *found;
static size_t found_count, found_room;
static time_t window_start, window_end;

static double now(void)
{
    struct timespec clock;
    clock_gettime(CLOCK_MONOTONIC, &clock);
    return clock.tv_sec + clock.tv_nsec / 1e9;
}

static char *whole_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (fread(text, 1, size, file) != (size_t)size)
        exit(1);
    text[size] = 0;
    fclose(file);
    return text;
}

static int compare(const void *one, const void *other)
{
    const Replaced *a = one, *b = other;
    int order = strcmp(a->uid, b->uid);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* libical counts days from midnight in UTC; the owner's midnight is in Berlin. */
static time_t moment(struct icaltimetype time)
{
    icaltimezone *zone = time.is_date ? icaltimezone_get_builtin_timezone("Europe/Berlin") : (icaltimezone *)time.zone;
    time.is_date = 0;
    return icaltime_as_timet_with_zone(time, zone);
}

static void keep(icalcomponent *event, time_t start, time_t end)
{
    if (start >= window_end || end <= window_start)
        return;
    if (found_count == found_room)
        found = realloc(found, (found_room = found_room ? 2 * found_room : 1024) * sizeof *found);
    found[found_count++] = (Found){event, start, end};
}

static void each_occurrence(icalcomponent *event, struct icaltime_span *span, void *unused)
{
    (void)unused;
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    time_t from = span->start, to = span->end;
    if (start.is_date) {
        from = moment(icaltime_from_timet_with_zone(from, 1, NULL));
        to = moment(icaltime_from_timet_with_zone(to, 1, NULL));
    }
    Replaced named = {icalcomponent_get_uid(event), from};
    if (!bsearch(&named, replaced, replaced_count, sizeof named, compare))
        keep(event, from, to);
}

static void read_calendar(const char *path)
{
    char *text = whole_file(path);
    icalcomponent *calendar = icalparser_parse_string(text);
    free(text);
    size_t room = icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT);
    replaced = malloc(room * sizeof *replaced);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        icalproperty *named = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
        if (named) /* icalcomponent_get_recurrenceid would forget the zone */
            replaced[replaced_count++] =
                (Replaced){icalcomponent_get_uid(event), moment(icalproperty_get_datetime_with_component(named, event))};
    }
    qsort(replaced, replaced_count, sizeof *replaced, compare);
    struct icaltimetype from = icaltime_from_timet_with_zone(window_start - 86400 * 7, 0, icaltimezone_get_utc_timezone());
    struct icaltimetype to = icaltime_from_timet_with_zone(window_end + 86400, 0, icaltimezone_get_utc_timezone());
    event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY))
            icalcomponent_foreach_recurrence(event, from, to, each_occurrence, NULL);
        else
            keep(event, moment(icalcomponent_get_dtstart(event)), moment(icalcomponent_get_dtend(event)));
    }
}

static time_t iso(const char *text)
{
    int year, month, day, hour, minute, second, zone_hour, zone_minute;
    char sign;
    sscanf(text, "%d-%d-%dT%d:%d:%d%c%d:%d", &year, &month, &day, &hour, &minute, &second, &sign, &zone_hour, &zone_minute);
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute, .tm_sec = second};
    time_t east = zone_hour * 3600 + zone_minute * 60;
    return timegm(&parts) - (sign == '-' ? -east : east);
}

static long peak_kb(void)
{
    char line[256];
    long peak = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, status))
        sscanf(line, "VmHWM: %ld", &peak);
    fclose(status);
    return peak;
}

int main(int count, char **words)
{
    if (count < 4)
        return 2;
    window_start = iso(words[2]);
    window_end = iso(words[3]);
    double before = now();
    read_calendar(words[1]);
    double seconds = now() - before;
    printf("{\"seconds\": %.6f, \"peak_kb\": %ld, \"occurrences\": %zu}\n", seconds, peak_kb(), found_count);
    if (count < 5)
        return 0;
    FILE *out = fopen(words[4], "w");
    for (size_t each = 0; each < found_count; each++)
        if (icalcomponent_get_status(found[each].event) != ICAL_STATUS_CANCELLED)
            fprintf(out, "%s\t%lld\t%lld\n", icalcomponent_get_uid(found[each].event), (long long)found[each].start, (long long)found[each].end);
    return fclose(out);
}
