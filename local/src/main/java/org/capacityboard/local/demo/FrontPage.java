package org.capacityboard.local.demo;

import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Settings;

/** The page at {@code /}: where to look. */
final class FrontPage {

    private final String html;

    FrontPage(Settings settings, String flinkAddress) {
        DatabaseSettings database = settings.database();
        String address = database.url().replaceFirst("^jdbc:postgresql://", "");
        String hostAndPort = address.substring(0, address.indexOf('/'));
        String name = address.substring(address.indexOf('/') + 1);
        this.html = PAGE.replace("@HOST@", hostAndPort)
                .replace("@DATABASE@", name)
                .replace("@USER@", database.reader().user())
                .replace("@KAFKA@", settings.kafka().bootstrap())
                .replace("@FLINK@", flinkAddress);
    }

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Capacity Board</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1a2330; }
            dt { font-weight: 600; margin-top: .8rem } dd { margin: 0 } code { background: #eef1f5; padding: .1rem .3rem }
            @media (prefers-color-scheme: dark) { body { background: #14181f; color: #dde3ea } code { background: #242b36 } a { color: #8ab4f8 } }
            </style>
            <h1>Capacity Board</h1>
            <p>Simulated plants send, the jobs compute, the rows are in PostgreSQL. All data is synthetic.</p>
            <dl>
            <dt>Database</dt>
            <dd><code>@HOST@</code>, database <code>@DATABASE@</code>, user <code>@USER@</code>; the password was printed at the start and is
            in the file <code>reader-password</code> of the data directory</dd>
            <dt>First query</dt>
            <dd><code>select * from capacity.line_current order by line_id</code></dd>
            <dt>Grafana</dt>
            <dd>mount <code>grafana/provisioning</code> and <code>grafana/dashboards</code> of the repository and give the data source this
            address, user and password</dd>
            <dt>Kafka</dt>
            <dd><code>@KAFKA@</code></dd>
            <dt>This process</dt>
            <dd><a href="/metrics">/metrics</a> <a href="/healthz">/healthz</a> <a href="/readyz">/readyz</a>
            <a href="@FLINK@">Flink</a></dd>
            </dl>
            </html>
            """;

    String html() {
        return html;
    }
}
