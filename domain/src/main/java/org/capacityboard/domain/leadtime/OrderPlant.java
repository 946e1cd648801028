package org.capacityboard.domain.leadtime;

import org.capacityboard.domain.reference.PlantVersion;

/** A version of a plant as the order book knows it: its clock, and the nation it stands in. */
public record OrderPlant(PlantVersion version, String nation) {}
