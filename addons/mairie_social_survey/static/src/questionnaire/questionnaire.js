import { patch } from "@web/core/utils/patch";
import { PostComposer } from "@mairie_social/post_composer/post_composer";

patch(PostComposer.prototype, {
    getVals() {
        return { ...super.getVals(...arguments), survey_id: this.state.survey_id || false };
    },

    onSurvey(ev) {
        this.state.survey_id = Number(ev.target.value) || false;
        this.touch();
    },
});
