package org.capacityboard.viewer.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL text taken apart as far as quotes go: what is a literal, what a comment, what is neither. */
final class SqlText {
    /** What the characters of a part are to PostgreSQL. */
    enum Kind {
        CODE,
        /** {@code '...'} */
        LITERAL,
        /** {@code E'...'}, in which a backslash escapes. */
        ESCAPE_LITERAL,
        /** {@code "..."} */
        IDENTIFIER,
        /** {@code $tag$...$tag$} */
        DOLLAR_LITERAL,
        COMMENT
    }

    /** A part from its first character to the one before {@code end}. */
    record Part(Kind kind, int start, int end) {}

    private static final Pattern DOLLAR_TAG = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)?\\$");

    private final String sql;
    private final Set<String> variables;
    private final List<Part> parts = new ArrayList<>();

    private SqlText(String sql, Set<String> variables) {
        this.sql = sql;
        this.variables = variables;
    }

    /** @param variables names that start no dollar quote: {@code $a$b} are two of them */
    static List<Part> parts(String sql, Set<String> variables) {
        SqlText text = new SqlText(sql, variables);
        text.take();
        return text.parts;
    }

    static Kind kindAt(List<Part> parts, int position) {
        for (Part part : parts) {
            if (position < part.end()) {
                return part.kind();
            }
        }
        return Kind.CODE;
    }

    static String withoutComments(String sql) {
        StringBuilder bare = new StringBuilder(sql.length());
        for (Part part : parts(sql, Set.of())) {
            if (part.kind() != Kind.COMMENT) {
                bare.append(sql, part.start(), part.end());
            }
        }
        return bare.toString();
    }

    private void take() {
        int codeFrom = 0;
        int at = 0;
        while (at < sql.length()) {
            Kind kind = startingAt(at);
            if (kind == Kind.CODE) {
                at++;
                continue;
            }
            if (at > codeFrom) {
                parts.add(new Part(Kind.CODE, codeFrom, at));
            }
            int end = endOf(kind, at);
            parts.add(new Part(kind, at, end));
            at = end;
            codeFrom = end;
        }
        if (at > codeFrom) {
            parts.add(new Part(Kind.CODE, codeFrom, at));
        }
    }

    private Kind startingAt(int at) {
        return switch (sql.charAt(at)) {
            case '\'' -> afterEscapeLetter(at) ? Kind.ESCAPE_LITERAL : Kind.LITERAL;
            case '"' -> Kind.IDENTIFIER;
            case '-' -> sql.startsWith("--", at) ? Kind.COMMENT : Kind.CODE;
            case '/' -> sql.startsWith("/*", at) ? Kind.COMMENT : Kind.CODE;
            case '$' -> dollarTag(at).isEmpty() ? Kind.CODE : Kind.DOLLAR_LITERAL;
            default -> Kind.CODE;
        };
    }

    private boolean afterEscapeLetter(int quote) {
        return quote > 0
                && Character.toUpperCase(sql.charAt(quote - 1)) == 'E'
                && (quote == 1 || !Character.isJavaIdentifierPart(sql.charAt(quote - 2)));
    }

    private String dollarTag(int at) {
        if (at > 0 && Character.isLetterOrDigit(sql.charAt(at - 1))) {
            return "";
        }
        Matcher tag = DOLLAR_TAG.matcher(sql).region(at, sql.length());
        if (!tag.lookingAt()) {
            return "";
        }
        String name = tag.group(1);
        return name != null && variables.contains(name) ? "" : tag.group();
    }

    private int endOf(Kind kind, int start) {
        return switch (kind) {
            case LITERAL -> afterQuote('\'', start + 1, false);
            case ESCAPE_LITERAL -> afterQuote('\'', start + 1, true);
            case IDENTIFIER -> afterQuote('"', start + 1, false);
            case DOLLAR_LITERAL -> {
                String tag = dollarTag(start);
                int close = sql.indexOf(tag, start + tag.length());
                yield close < 0 ? sql.length() : close + tag.length();
            }
            case COMMENT -> sql.charAt(start) == '-' ? endOfLine(start) : afterBlock(start);
            case CODE -> throw new IllegalArgumentException("code ends where something else starts");
        };
    }

    private int afterQuote(char quote, int from, boolean backslashEscapes) {
        int at = from;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslashEscapes) {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return sql.length();
    }

    private int endOfLine(int start) {
        int end = sql.indexOf('\n', start);
        return end < 0 ? sql.length() : end;
    }

    private int afterBlock(int start) {
        int end = sql.indexOf("*/", start + 2);
        return end < 0 ? sql.length() : end + 2;
    }
}
