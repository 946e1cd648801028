package org.capacityboard.domain.surge;

/**
 * A material that plants keep in stock.
 *
 * @param materialId the material
 * @param name its name for people
 * @param unit in which it is counted, such as kg
 */
public record SurgeMaterial(String materialId, String name, String unit) {
    public SurgeMaterial {
        Checks.id("Id of a material", materialId);
    }

    /** A material of which only the id is known. */
    static SurgeMaterial unknown(String materialId) {
        return new SurgeMaterial(materialId, materialId, "units");
    }
}
