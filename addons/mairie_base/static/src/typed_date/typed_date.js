import { patch } from "@web/core/utils/patch";
import { useEffect } from "@odoo/owl";
import { areDatesEqual } from "@web/core/l10n/dates";
import { DateTimeField } from "@web/views/fields/datetime/datetime_field";

/**
 * A date that is typed stays in sight while the server computes what follows from it.
 *
 * Odoo closes its picker before the record has the date, takes the empty value back, and
 * never looks again: the date was kept, but the field went blank.
 */
patch(DateTimeField.prototype, {
    setup() {
        super.setup();
        useEffect(
            () => {
                const kept = this.getRecordValue();
                if (!this.picker.activeInput && !areDatesEqual(kept, this.state.value)) {
                    this.state.value = kept;
                }
            },
            () => [JSON.stringify(this.getRecordValue())],
        );
    },
});
