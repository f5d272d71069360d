from odoo import models


# One file for each concern of an access: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAcces(models.Model):
    """Every word of the page of a station: the phone keeps them, to say them offline.

    Names between %( ) are filled by the page.
    """

    _inherit = "mairie.scrutin.acces"

    def _get_phone_texts(self):
        """:return: key of the page -> sentence in the language of the town"""
        return {
            **self._get_texts_frame(),
            **self._get_texts_day(),
            **self._get_texts_result(),
            **self._get_texts_causes(),
            **self._get_texts_sums(),
            **self._get_texts_end(),
        }

    def _get_texts_frame(self):
        """Around every screen, and the code of the president."""
        _ = self.env._
        return {
            "station": _("Station %(code)s"),
            "rehearsal": _("REHEARSAL: nothing is real"),
            "offline": _("No network."),
            "leaving": _("On its way."),
            "waiting_one": _("1 sending kept on this phone."),
            "waiting_many": _("%(count)s sendings kept on this phone."),
            "offline_nothing": _(
                "No network. Go on: everything is kept here and leaves by itself."
            ),
            "all_arrived": _("Nothing waits: 0 not sent."),
            "put_out": _(
                "This phone is no longer let in. What you typed stays on it: type the code again, or call the town hall."
            ),
            "paper": _("The signed paper report is what counts."),
            "error": _("Error:"),
            "errors_one": _("1 answer to correct"),
            "errors_many": _("%(count)s answers to correct"),
            "pin": _("Code of 6 figures"),
            "pin_hint": _("Given by the president of the station."),
            "pin_shape": _("The code has 6 figures."),
            "pin_offline": _(
                "No network: the code cannot be checked yet. Try again, or call the town hall."
            ),
            "device_name": _("Whose phone is it?"),
            "device_hint": _("Optional. The town hall sees it beside what you send."),
            "enter": _("Enter"),
            "later": _("It did not work. Nothing is lost: try again in a minute."),
        }

    def _get_texts_day(self):
        """Tasks of the day."""
        _ = self.env._
        return {
            "opening": _("Opening"),
            "closing": _("Closing"),
            "closing_time": _("the closing"),
            "turnout_at": _("Turnout at %(hour)s"),
            "centaine1": _("First hundred"),
            "centaine2": _("Second hundred"),
            "result": _("Result"),
            "photo": _("Photo of the report"),
            "do_opening": _("Tell the opening"),
            "do_turnout": _("Tell: %(label)s"),
            "do_closing": _("Tell the closing"),
            "do_hundred": _("Tell: %(label)s"),
            "do_result": _("Enter the result"),
            "do_photo": _("Take the photo of the report"),
            "chip_todo": _("to do"),
            "chip_queued": _("kept on this phone"),
            "chip_refused": _("to correct"),
            "chip_conflict": _("two versions"),
            "chip_verified": _("verified by the town hall"),
            "received_at": _("received at %(hour)s"),
            "received": _("received"),
            "locked": _(
                "The town hall validated this result. To correct it, call: the signed report is what counts."
            ),
            "call": _("Call the town hall %(phone)s"),
            "hour": _("Hour"),
            "hour_wrong": _("Write the hour, as 18:00."),
            "voters": _("Voters so far"),
            "voters_hint": _("Signatures on the list."),
            "missing": _("This figure is missing: write 0 if there are none."),
            "reason": _("Reason, as in the report"),
            "reason_missing": _("Write the reason, as in the report."),
            "send_opening": _("Send the opening"),
            "send_turnout": _("Send the turnout"),
            "send_closing": _("Send the closing"),
            "send_hundred": _("Send the hundred"),
            "send_result": _("Send the result"),
            "hundred_hint": _(
                "Ballots counted so far. An estimate for the town hall only: nobody else reads it."
            ),
            "hundred_count": _("%(count)s ballots of %(size)s"),
        }

    def _get_texts_result(self):
        """The report, page by page."""
        _ = self.env._
        return {
            "step_voters": _("The voters"),
            "step_ballots": _("The ballots"),
            "step_votes": _("The votes"),
            "step_read": _("Read aloud"),
            "step_of": _("Step %(step)s of %(total)s"),
            "copy_hint": _("Copy the report, line by line."),
            "read_hint": _("Read each line with the president, report in hand."),
            "read": _("The figures and the words"),
            "read_blocked": _("The count is not right yet"),
            "read_blocked_hint": _(
                "Go back to the line, or call the town hall: what you typed is kept."
            ),
            "col_line": _("Line"),
            "col_figure": _("Figure"),
            "col_words": _("In words"),
            "continue": _("Continue"),
            "previous": _("Previous step"),
            "same": _("The same as the paper report"),
            "same_missing": _("Tick the box once all of it was read beside the paper."),
            "inscrits": _("Registered voters"),
            "inscrits_hint": _("%(inscrits)s on the list of the town hall."),
            "emargements": _("Signatures on the list"),
            "emargements_hint": _("Signatures counted at the closing."),
            "votants": _("Voters"),
            "votants_hint": _("Envelopes found in the ballot box."),
            "blancs": _("Blank"),
            "nuls": _("Void"),
            "exprimes": _("Valid votes"),
            "exprimes_hint": _("Voters minus blank and void."),
            "annexes": _("Ballots annexed to the report"),
            "annexes_hint": _("Blank and void ones, countersigned."),
        }

    def _get_texts_causes(self):
        """Causes of void ballots (L66, R66-2, L268, L269)."""
        _ = self.env._
        return {
            "causes": _("Causes of the void ballots (optional)"),
            "cause_insuffisant": _("Designation missing or insufficient"),
            "cause_reconnu": _("Voter who makes himself known"),
            "cause_enveloppe": _("No envelope, or another envelope"),
            "cause_couleur": _("Coloured paper"),
            "cause_signe": _("Sign of recognition"),
            "cause_injure": _("Insulting words"),
            "cause_liste": _("List that does not stand"),
            "cause_ordre": _("Order of the names changed"),
            "cause_modele": _("Another printed model"),
            "cause_circulaire": _("Circular used as a ballot"),
            "cause_manuscrit": _("Written by hand"),
            "cause_nom_interdit": _("Name or picture that L52-3 forbids"),
        }

    def _get_texts_sums(self):
        """What is missing, what is too much: codes of lib/tally.py."""
        _ = self.env._
        return {
            "parts_over": _(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s too many."
            ),
            "parts_under": _(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s missing."
            ),
            "parts_even": _("The count is right: %(votants)s envelopes."),
            "votes_over": _("%(votes)s of %(exprimes)s: %(gap)s votes too many"),
            "votes_under": _("%(votes)s of %(exprimes)s: %(gap)s votes missing"),
            "votes_even": _("%(votes)s of %(exprimes)s: the count is right"),
            "E01+": _(
                "Votes exceed the valid votes by %(gap)s. Read the tally sheet again."
            ),
            "E01-": _("%(votes)s of %(exprimes)s: %(gap)s votes are missing."),
            "E02+": _(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s too many."
            ),
            "E02-": _(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s missing."
            ),
            "E03": _("This figure is missing: write 0 if there are none."),
            "E04": _(
                "%(was)s voters at %(before)s, %(now)s at %(after)s: this number cannot go down."
            ),
            "A01": _(
                "Voters (%(votants)s) above the registered (%(inscrits)s): possible only with a court decision. Reason?"
            ),
            "A02": _(
                "%(emargements)s signatures, %(votants)s envelopes: count once more. If the difference stays, it is written in the report. Reason?"
            ),
            "A03": _("Blank ballots at %(share)s: this is rare. Check, then confirm."),
            "A04": _("%(annexes)s ballots annexed for %(expected)s blank and void."),
            "A05": _("Void ballots at %(share)s: this is rare. Check, then confirm."),
            "A08": _(
                "The causes explain %(causes)s void ballots of %(nuls)s: each one has its cause."
            ),
            "A09": _(
                "These figures make %(counted)s ballots, not %(size)s. Count the packet again."
            ),
            "A10": _(
                "%(inscrits)s registered here, %(expected)s at the town hall. Read the list again; if it is right, say why."
            ),
            "A11": _("Nobody voted here? Check, then confirm."),
        }

    def _get_texts_end(self):
        """Sending, photo, code to dictate, two versions."""
        _ = self.env._
        return {
            "result_leaving": _(
                "Result on its way. Keep this phone on until “verified”."
            ),
            "result_kept": _(
                "Result kept. It leaves as soon as the network is back. You may also dictate it to %(phone)s."
            ),
            "photo_hint": _(
                "The whole page, flat, in the light: the town hall types the report again from it."
            ),
            "photo_shrinking": _("The photo is being prepared…"),
            "photo_kept": _("Photo kept: it leaves by itself."),
            "photo_unreadable": _("This photo cannot be read: take it again."),
            "dictate": _("Dictate the result"),
            "dictate_hint": _(
                "Read these four lines to %(phone)s, figure by figure. The town hall reads them back."
            ),
            "dictate_incomplete": _(
                "Enter the whole result first: the code holds every figure."
            ),
            "by_sms": _("Send by SMS"),
            "conflict": _("Two versions"),
            "conflict_hint": _(
                "The town hall recorded another version at %(hour)s. Which one is the paper report?"
            ),
            "mine": _("Mine"),
            "theirs": _("Of the town hall"),
            "differs": _("differs"),
            "keep_mine": _("Keep mine"),
            "take_theirs": _("Take theirs"),
        }
