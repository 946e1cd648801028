package org.capacityboard.viewer.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.viewer.page.Assets;

/** The page with all its files inside, and the figures it is to show. It loads nothing and runs no script but its own. */
final class SinglePage {
    private static final Pattern SCRIPT =
            Pattern.compile("<script\\b[^>]*\\bsrc=\"/assets/([^\"]+)\"[^>]*>\\s*</script>\\s*");
    private static final Pattern STYLE = Pattern.compile("<link\\b[^>]*\\brel=\"stylesheet\"[^>]*>");
    private static final Pattern HREF = Pattern.compile("\\bhref=\"/assets/([^\"]+)\"");
    private static final Pattern OTHER_FILE = Pattern.compile("\\b(href|src)=\"/assets/([^\"]+)\"");
    private static final String END_OF_BODY = "</body>";
    /** Browsers look for it in the first kilobyte only, so everything else comes after it. */
    private static final String CHARSET = "<meta charset=\"utf-8\">";

    private final Assets assets;

    SinglePage(Assets assets) {
        this.assets = assets;
    }

    /** @param json what the page reads in place of the server's answers */
    String html(String json) {
        String index = text(Assets.INDEX);
        List<String> scripts = new ArrayList<>();
        Matcher script = SCRIPT.matcher(index);
        while (script.find()) {
            scripts.add(inScript(text(script.group(1))));
        }
        String bare = SCRIPT.matcher(index).replaceAll("");
        String styled = STYLE.matcher(bare)
                .replaceAll(link -> Matcher.quoteReplacement("<style>" + styleOf(link.group()) + "</style>"));
        String alone = OTHER_FILE
                .matcher(styled)
                .replaceAll(
                        file -> Matcher.quoteReplacement(file.group(1) + "=\"" + dataAddress(file.group(2)) + "\""));
        StringBuilder end = new StringBuilder();
        end.append("<script type=\"application/json\" id=\"board-archive\">")
                .append(inJson(json))
                .append("</script>\n");
        scripts.forEach(each -> end.append("<script>").append(each).append("</script>\n"));
        String policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy(scripts) + "\">";
        return replaceLast(replaceFirst(alone, CHARSET, CHARSET + "\n" + policy), END_OF_BODY, end + END_OF_BODY);
    }

    /** Only these scripts may run; a file from a disk has no server to be asked for others. */
    private static String policy(List<String> scripts) {
        StringBuilder allowed = new StringBuilder();
        scripts.forEach(each -> allowed.append(" 'sha256-").append(hash(each)).append('\''));
        return "default-src 'none'; script-src" + (scripts.isEmpty() ? " 'none'" : allowed)
                + "; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
    }

    /** A script ends at the first {@code </script}, even within a text; and {@code <!--} changes what ends it. */
    private static String inScript(String script) {
        // A parser of HTML makes one of two line ends, and the hash is of what it makes.
        return script.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("(?i)</(?=script)", "<\\\\/")
                .replace("<!--", "<\\!--");
    }

    /** Inside texts of JSON only, so that no value ends the element. */
    private static String inJson(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private String styleOf(String link) {
        Matcher href = HREF.matcher(link);
        return href.find() ? text(href.group(1)).replace("</", "<\\/") : "";
    }

    private String dataAddress(String name) {
        Assets.Asset asset = asset(name);
        return "data:" + asset.contentType().replace(" ", "") + ";base64,"
                + Base64.getEncoder().encodeToString(asset.bytes());
    }

    private String text(String name) {
        return new String(asset(name).bytes(), StandardCharsets.UTF_8);
    }

    private Assets.Asset asset(String name) {
        Assets.Asset asset = assets.find(name);
        if (asset == null) {
            throw new IllegalStateException("the page needs " + name + ", which is not there");
        }
        return asset;
    }

    private static String hash(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String replaceFirst(String text, String part, String other) {
        int at = text.indexOf(part);
        if (at < 0) {
            throw new IllegalStateException("the page has no " + part);
        }
        return text.substring(0, at) + other + text.substring(at + part.length());
    }

    private static String replaceLast(String text, String part, String other) {
        int at = text.lastIndexOf(part);
        return at < 0 ? text + other : text.substring(0, at) + other + text.substring(at + part.length());
    }
}
