package org.capacityboard.flink.operators;

import org.capacityboard.flink.rows.RowStamp;

/** What a line made of a product on one day, and how new that is known. */
record DayOutput(long goodUnits, long scrapUnits, RowStamp stamp) {}
