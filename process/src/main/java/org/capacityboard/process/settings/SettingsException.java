package org.capacityboard.process.settings;

import java.util.List;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;

/** Settings that make no sense: everything that is wrong with them, at once. */
public final class SettingsException extends UserError {
    SettingsException(List<Problem> problems) {
        super(WRONG_USAGE, problems);
    }
}
