package org.capacityboard.viewer.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Timer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.viewer.answer.HomeAnswer.Attention;
import org.capacityboard.viewer.answer.HomeAnswer.Entry;
import org.capacityboard.viewer.answer.HomeAnswer.Lines;
import org.capacityboard.viewer.dashboard.Addresses;
import org.capacityboard.viewer.dashboard.Dashboard;
import org.capacityboard.viewer.dashboard.DashboardCatalogue;
import org.capacityboard.viewer.dashboard.FrameFormat;
import org.capacityboard.viewer.dashboard.Panel;
import org.capacityboard.viewer.dashboard.StoredQuery;
import org.capacityboard.viewer.grafana.GrafanaClock;
import org.capacityboard.viewer.grafana.GrafanaInterval;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.capacityboard.viewer.grafana.TimeRange;
import org.capacityboard.viewer.query.ColumnType;
import org.capacityboard.viewer.query.QueryFailed;
import org.capacityboard.viewer.query.Reader;
import org.capacityboard.viewer.query.Rows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to know of the dashboards, their figures and the lines. Queries are those of the files, nobody else's. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration NO_INTERVAL = Duration.ofMinutes(1);
    private static final String PLANT = "plant";

    private static final String ZONE_OF_PLANT =
            "SELECT time_zone FROM capacity.plant WHERE plant_id = '$plant' ORDER BY valid_from DESC LIMIT 1";

    private static final String LINES =
            """
            SELECT max(watermark), count(*) FILTER (WHERE doing = 'PRODUCING'), count(*) FILTER (WHERE doing = 'DOWN'),
                count(*) FILTER (WHERE doing = 'UNKNOWN'), count(*)
            FROM capacity.lines_now()""";

    private static final String ATTENTION =
            """
            SELECT line_id, plant_id, CASE doing WHEN 'UNKNOWN' THEN doing ELSE state END, since, nullif(reason_code, '')
            FROM capacity.lines_now()
            WHERE doing IN ('DOWN', 'UNKNOWN')
            ORDER BY since NULLS FIRST, line_id LIMIT 50""";

    private final DashboardCatalogue catalogue;
    private final Reader reader;
    private final ProcessMetrics metrics;
    private final InstantSource clock;
    private final VariableOptions options;

    public Answers(DashboardCatalogue catalogue, Reader reader, ProcessMetrics metrics, InstantSource clock) {
        this.catalogue = catalogue;
        this.reader = reader;
        this.metrics = metrics;
        this.clock = clock;
        this.options = new VariableOptions(reader, clock);
    }

    /** The first page. */
    public HomeAnswer home() {
        DashboardCatalogue.Content content = catalogue.content();
        List<Entry> entries = content.byUid().values().stream()
                .map(each -> new Entry(each.uid(), each.title(), each.description(), each.tags()))
                .toList();
        Long dataUpTo = null;
        String problem = null;
        Lines lines = null;
        List<Attention> attention = List.of();
        try {
            List<@Nullable Object> counts = reader.ask(LINES).rows().get(0);
            dataUpTo = (Long) counts.get(0);
            lines = lines(number(counts, 1), number(counts, 2), number(counts, 3), number(counts, 4));
            attention = reader.ask(ATTENTION).rows().stream()
                    .map(Answers::attention)
                    .toList();
        } catch (QueryFailed failed) {
            LOG.warn("the lines of the first page are not known reason={}", logged(failed));
            problem = failed.problem();
        }
        return new HomeAnswer(clock.millis(), dataUpTo, problem, true, entries, content.broken(), lines, attention);
    }

    /**
     * A dashboard without its figures.
     *
     * @throws UserError if the range is none
     */
    public DashboardAnswer dashboard(Dashboard dashboard, Asked asked) {
        View view = view(dashboard, asked);
        String rangeQuery = "from=" + encoded(view.from()) + "&to=" + encoded(view.to());
        List<PanelOutline> panels = dashboard.panels().stream()
                .map(panel -> outline(panel, view.picks().grafana(), rangeQuery))
                .toList();
        return new DashboardAnswer(
                dashboard.uid(),
                dashboard.title(),
                dashboard.description(),
                view.zoneName(),
                dashboard.refresh(),
                new DashboardAnswer.TimeTexts(dashboard.from(), dashboard.to()),
                dashboard.weekStart().name().toLowerCase(Locale.ROOT),
                links(dashboard),
                RangeMs.of(view.range()),
                view.picks().variables(),
                panels);
    }

    /**
     * The figures of a panel.
     *
     * @param width pixels it has on the screen
     * @throws UserError if the range is none
     */
    public PanelAnswer panel(Dashboard dashboard, Panel panel, Asked asked, int width) {
        View view = view(dashboard, asked);
        Integer mostPoints = panel.mostPoints();
        String least = panel.leastInterval();
        GrafanaSql picked = view.picks().grafana();
        Duration interval = GrafanaInterval.of(
                view.range(),
                mostPoints == null ? width : mostPoints,
                least == null ? GrafanaInterval.LEAST_OF_SQL : picked.expandText(least));
        GrafanaSql grafana = new GrafanaSql(
                picked.variables(), view.range().from(), view.range().to(), interval);
        long startedAt = System.nanoTime();
        List<Frame> frames = new ArrayList<>();
        if (panel.notDrawn() == null) {
            for (StoredQuery query : panel.queries()) {
                frames.add(frame(dashboard, panel, query, grafana, view.picks().failure()));
            }
        }
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        return new PanelAnswer(RangeMs.of(view.range()), interval.toMillis(), tookMs, frames);
    }

    /**
     * What is wrong with the values asked for; null if nothing is.
     *
     * @throws UserError if the range is none
     */
    public @Nullable String problemOf(Dashboard dashboard, Asked asked) {
        for (String name : asked.variables().keySet()) {
            if (dashboard.variables().stream().noneMatch(each -> each.name().equals(name))) {
                return "variable " + name + " is none of this dashboard's.";
            }
        }
        return view(dashboard, asked).picks().problems();
    }

    /**
     * A dashboard as somebody looks at it.
     *
     * @param from text of the range's begin
     * @param zoneName as the browser is told
     */
    private record View(String from, String to, TimeRange range, Picks picks, String zoneName) {}

    private View view(Dashboard dashboard, Asked asked) {
        String from = asked.from() == null ? dashboard.from() : asked.from();
        String to = asked.to() == null ? dashboard.to() : asked.to();
        Instant now = clock.instant();
        ZoneId fixed = dashboard.zone();
        TimeRange range =
                clock(dashboard, now, fixed == null ? ZoneOffset.UTC : fixed).range(from, to);
        GrafanaSql empty = new GrafanaSql(Map.of(), range.from(), range.to(), NO_INTERVAL);
        Picks picks = Picks.of(dashboard, asked, empty, options);
        if (fixed != null) {
            return new View(from, to, range, picks, dashboard.timeZone());
        }
        ZoneId ofPlant = zoneOfPlant(picks);
        if (ofPlant == null) {
            return new View(from, to, range, picks, "browser");
        }
        return new View(from, to, clock(dashboard, now, ofPlant).range(from, to), picks, ofPlant.getId());
    }

    private static GrafanaClock clock(Dashboard dashboard, Instant now, ZoneId zone) {
        return new GrafanaClock(now, zone, dashboard.weekStart(), dashboard.fiscalYearStartMonth());
    }

    /** Days begin where the plant is; null if no one plant is picked, or its zone is not known. */
    private @Nullable ZoneId zoneOfPlant(Picks picks) {
        String plant = picks.failure() == null ? picks.single(PLANT) : null;
        if (plant == null) {
            return null;
        }
        GrafanaSql grafana = new GrafanaSql(
                Map.of(PLANT, new Chosen(List.of(plant), false)),
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(1),
                NO_INTERVAL);
        try {
            String name = options.first(grafana.expand(ZONE_OF_PLANT));
            return name == null ? null : ZoneId.of(name);
        } catch (QueryFailed | DateTimeException unknown) {
            LOG.warn("the time zone of a plant is not known reason={}", unknown.toString());
            return null;
        }
    }

    private Frame frame(
            Dashboard dashboard, Panel panel, StoredQuery query, GrafanaSql grafana, @Nullable String failure) {
        if (failure != null) {
            return without(query, failure);
        }
        Timer.Sample sample = Timer.start(metrics.registry());
        try {
            Rows rows = reader.ask(grafana.expand(query.sql()));
            String unfit = query.format() == FrameFormat.TIME_SERIES ? problemOfSeries(rows) : null;
            Meters.VIEWER_ROWS
                    .counter(metrics.registry(), dashboard.uid())
                    .increment(rows.rows().size());
            if (unfit == null) {
                return new Frame(
                        query.ref(), query.format().word(), rows.columns(), rows.rows(), rows.truncated(), null);
            }
            failed(dashboard, panel, query, unfit);
            return without(query, unfit);
        } catch (QueryFailed failed) {
            failed(dashboard, panel, query, logged(failed));
            return without(query, failed.problem());
        } catch (UserError wrong) {
            String problem = String.valueOf(wrong.getMessage()).replace("\n", " ");
            failed(dashboard, panel, query, problem);
            return without(query, problem);
        } finally {
            sample.stop(Meters.VIEWER_QUERIES.timer(metrics.registry(), dashboard.uid()));
        }
    }

    private void failed(Dashboard dashboard, Panel panel, StoredQuery query, String reason) {
        Meters.VIEWER_ERRORS.counter(metrics.registry(), dashboard.uid()).increment();
        LOG.warn(
                "a query of a panel failed dashboard={} panel={} ref={} reason={}",
                dashboard.uid(),
                panel.id(),
                query.ref(),
                reason);
    }

    private static Frame without(StoredQuery query, String problem) {
        return new Frame(query.ref(), query.format().word(), List.of(), List.of(), false, problem);
    }

    /** Series need times, and these in order; null if they have them. */
    private static @Nullable String problemOfSeries(Rows rows) {
        int time = rows.indexOf("time");
        if (rows.rows().isEmpty()) {
            return null;
        }
        if (time < 0 || rows.columns().get(time).type() != ColumnType.TIME) {
            return "The query gives no column of times. Maybe the first column has to be called \"time\".";
        }
        long last = Long.MIN_VALUE;
        for (List<@Nullable Object> row : rows.rows()) {
            if (!(row.get(time) instanceof Long at)) {
                return "The query gives a row without time. Maybe the dashboard file leaves a condition out.";
            }
            if (at < last) {
                return "The query gives rows that are not in the order of time. Maybe it has to end with ORDER BY 1.";
            }
            last = at;
        }
        return null;
    }

    private static PanelOutline outline(Panel panel, GrafanaSql grafana, String rangeQuery) {
        JsonNode json = panel.json();
        boolean isText = panel.type().equals("text") && panel.notDrawn() == null;
        JsonNode shownOptions =
                isText ? JsonNodeFactory.instance.objectNode() : Addresses.cleaned(object(json, "options"));
        return new PanelOutline(
                panel.id(),
                panel.type(),
                panel.title(),
                json.path("description").asText(),
                object(json, "gridPos"),
                json.path("collapsed").asBoolean(),
                panel.row(),
                shownOptions,
                Addresses.cleaned(object(json, "fieldConfig")),
                json.path("links").isArray()
                        ? Addresses.cleaned(json.path("links"))
                        : JsonNodeFactory.instance.arrayNode(),
                isText ? Markdown.html(json.path("options").path("content").asText(), grafana, rangeQuery) : null,
                panel.queries().size(),
                panel.notDrawn());
    }

    private static JsonNode object(JsonNode json, String name) {
        return json.path(name).isObject() ? json.path(name) : JsonNodeFactory.instance.objectNode();
    }

    private List<DashboardAnswer.Link> links(Dashboard dashboard) {
        List<DashboardAnswer.Link> links = new ArrayList<>();
        for (JsonNode link : dashboard.json().path("links")) {
            if (link.path("type").asText().equals("dashboards")) {
                byTags(link, dashboard.uid(), links);
            } else if (Addresses.isSafe(link.path("url").asText())) {
                links.add(
                        link(link, link.path("title").asText(), link.path("url").asText()));
            }
        }
        return links;
    }

    private void byTags(JsonNode link, String self, List<DashboardAnswer.Link> links) {
        List<String> tags = new ArrayList<>();
        link.path("tags").forEach(tag -> tags.add(tag.asText()));
        for (Dashboard other : catalogue.content().byUid().values()) {
            if (!other.uid().equals(self) && other.tags().containsAll(tags)) {
                links.add(link(link, other.title(), "/d/" + other.uid()));
            }
        }
    }

    private static DashboardAnswer.Link link(JsonNode link, String title, String url) {
        return new DashboardAnswer.Link(
                title,
                url,
                link.path("keepTime").asBoolean(),
                link.path("includeVars").asBoolean(),
                link.path("tooltip").asText(),
                link.path("targetBlank").asBoolean());
    }

    private static Lines lines(long producing, long down, long unknown, long total) {
        return new Lines(producing, down, unknown, total - producing - down - unknown, total);
    }

    private static long number(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private static Attention attention(List<@Nullable Object> row) {
        return new Attention(
                String.valueOf(row.get(0)), (String) row.get(1), String.valueOf(row.get(2)), (Long) row.get(3), (String)
                        row.get(4));
    }

    private static String logged(QueryFailed failed) {
        Throwable cause = failed.getCause();
        return (cause == null ? failed.problem() : cause.toString()).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
