package org.capacityboard.process.settings;

import java.io.Serializable;

/**
 * How long facts per minute are kept; hours and days stay for ever.
 *
 * @param days whole days
 */
public record MinuteRetention(int days) implements Serializable {}
