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
        return {
            "station": self.env._("Station %(code)s"),
            "rehearsal": self.env._("REHEARSAL: nothing is real"),
            "offline": self.env._("No network."),
            "leaving": self.env._("On its way."),
            "waiting_one": self.env._("1 sending kept on this phone."),
            "waiting_many": self.env._("%(count)s sendings kept on this phone."),
            "offline_nothing": self.env._(
                "No network. Go on: everything is kept here and leaves by itself."
            ),
            "all_arrived": self.env._("Nothing waits: 0 not sent."),
            "to_answer": self.env._(
                "The town hall could not keep a sending: open the line marked “!”."
            ),
            "put_out": self.env._(
                "This phone is no longer let in. What you typed stays on it: type the code again, or call the town hall."
            ),
            "paper": self.env._("The signed paper report is what counts."),
            "error": self.env._("Error:"),
            "errors_one": self.env._("1 answer to correct"),
            "errors_many": self.env._("%(count)s answers to correct"),
            "pin": self.env._("Code of 6 figures"),
            "pin_hint": self.env._("Given by the president of the station."),
            "pin_shape": self.env._("The code has 6 figures."),
            "pin_offline": self.env._(
                "No network: the code cannot be checked yet. Try again, or call the town hall."
            ),
            "device_name": self.env._("Whose phone is it?"),
            "device_hint": self.env._(
                "Optional. The town hall sees it beside what you send."
            ),
            "enter": self.env._("Enter"),
            "later": self.env._(
                "It did not work. Nothing is lost: try again in a minute."
            ),
        }

    def _get_texts_day(self):
        """Tasks of the day."""
        return {
            "opening": self.env._("Opening"),
            "closing": self.env._("Closing"),
            "closing_time": self.env._("the closing"),
            "turnout_at": self.env._("Turnout at %(hour)s"),
            "centaine1": self.env._("First hundred"),
            "centaine2": self.env._("Second hundred"),
            "result": self.env._("Result"),
            "photo": self.env._("Photo of the report"),
            "do_opening": self.env._("Tell the opening"),
            "do_turnout": self.env._("Tell: %(label)s"),
            "do_closing": self.env._("Tell the closing"),
            "do_hundred": self.env._("Tell: %(label)s"),
            "do_result": self.env._("Enter the result"),
            "do_photo": self.env._("Take the photo of the report"),
            "chip_todo": self.env._("to do"),
            "chip_queued": self.env._("kept on this phone"),
            "chip_refused": self.env._("to correct"),
            "chip_conflict": self.env._("two versions"),
            "chip_verified": self.env._("verified by the town hall"),
            "received_at": self.env._("received at %(hour)s"),
            "received": self.env._("received"),
            "locked": self.env._(
                "The town hall validated this result. To correct it, call: the signed report is what counts."
            ),
            "call": self.env._("Call the town hall %(phone)s"),
            "hour": self.env._("Hour"),
            "hour_wrong": self.env._("Write the hour, as 18:00."),
            "voters": self.env._("Voters so far"),
            "voters_hint": self.env._("Signatures on the list."),
            "missing": self.env._("This figure is missing: write 0 if there are none."),
            "reason": self.env._("Reason, as in the report"),
            "reason_missing": self.env._("Write the reason, as in the report."),
            "send_opening": self.env._("Send the opening"),
            "send_turnout": self.env._("Send the turnout"),
            "send_closing": self.env._("Send the closing"),
            "send_hundred": self.env._("Send the hundred"),
            "send_result": self.env._("Send the result"),
            "hundred_hint": self.env._(
                "Ballots counted so far. An estimate for the town hall only: nobody else reads it."
            ),
            "hundred_count": self.env._("%(count)s ballots of %(size)s"),
        }

    def _get_texts_result(self):
        """The report, page by page."""
        return {
            "step_voters": self.env._("The voters"),
            "step_ballots": self.env._("The ballots"),
            "step_votes": self.env._("The votes"),
            "step_read": self.env._("Read aloud"),
            "step_of": self.env._("Step %(step)s of %(total)s"),
            "copy_hint": self.env._("Copy the report, line by line."),
            "read_hint": self.env._(
                "Read each line with the president, report in hand."
            ),
            "read": self.env._("The figures and the words"),
            "read_blocked": self.env._("The count is not right yet"),
            "read_blocked_hint": self.env._(
                "Go back to the line, or call the town hall: what you typed is kept."
            ),
            "col_line": self.env._("Line"),
            "col_figure": self.env._("Figure"),
            "col_words": self.env._("In words"),
            "continue": self.env._("Continue"),
            "previous": self.env._("Previous step"),
            "same": self.env._("The same as the paper report"),
            "same_missing": self.env._(
                "Tick the box once all of it was read beside the paper."
            ),
            "inscrits": self.env._("Registered voters"),
            "inscrits_hint": self.env._("%(inscrits)s on the list of the town hall."),
            "emargements": self.env._("Signatures on the list"),
            "emargements_hint": self.env._("Signatures counted at the closing."),
            "votants": self.env._("Voters"),
            "votants_hint": self.env._("Envelopes found in the ballot box."),
            "blancs": self.env._("Blank"),
            "nuls": self.env._("Void"),
            "exprimes": self.env._("Valid votes"),
            "exprimes_hint": self.env._("Voters minus blank and void."),
            "annexes": self.env._("Ballots annexed to the report"),
            "annexes_hint": self.env._("Blank and void ones, countersigned."),
        }

    def _get_texts_causes(self):
        """Causes of void ballots (L66, R66-2, L268, L269)."""
        return {
            "causes": self.env._("Causes of the void ballots (optional)"),
            "cause_insuffisant": self.env._("Designation missing or insufficient"),
            "cause_reconnu": self.env._("Voter who makes himself known"),
            "cause_enveloppe": self.env._("No envelope, or another envelope"),
            "cause_couleur": self.env._("Coloured paper"),
            "cause_signe": self.env._("Sign of recognition"),
            "cause_injure": self.env._("Insulting words"),
            "cause_liste": self.env._("List that does not stand"),
            "cause_ordre": self.env._("Order of the names changed"),
            "cause_modele": self.env._("Another printed model"),
            "cause_circulaire": self.env._("Circular used as a ballot"),
            "cause_manuscrit": self.env._("Written by hand"),
            "cause_nom_interdit": self.env._("Name or picture that L52-3 forbids"),
        }

    def _get_texts_sums(self):
        """What is missing, what is too much: codes of lib/tally.py."""
        return {
            "parts_over": self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s too many."
            ),
            "parts_under": self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s missing."
            ),
            "parts_even": self.env._("The count is right: %(votants)s envelopes."),
            "votes_over": self.env._(
                "%(votes)s of %(exprimes)s: %(gap)s votes too many"
            ),
            "votes_under": self.env._(
                "%(votes)s of %(exprimes)s: %(gap)s votes missing"
            ),
            "votes_even": self.env._("%(votes)s of %(exprimes)s: the count is right"),
            "E01+": self.env._(
                "Votes exceed the valid votes by %(gap)s. Read the tally sheet again."
            ),
            "E01-": self.env._("%(votes)s of %(exprimes)s: %(gap)s votes are missing."),
            "E02+": self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s too many."
            ),
            "E02-": self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: %(gap)s missing."
            ),
            "E03": self.env._("This figure is missing: write 0 if there are none."),
            "E04": self.env._(
                "%(was)s voters at %(before)s, %(now)s at %(after)s: this number cannot go down."
            ),
            "A01": self.env._(
                "Voters (%(votants)s) above the registered (%(inscrits)s): possible only with a court decision. Reason?"
            ),
            "A02": self.env._(
                "%(emargements)s signatures, %(votants)s envelopes: count once more. If the difference stays, it is written in the report. Reason?"
            ),
            "A03": self.env._(
                "Blank ballots at %(share)s: this is rare. Check, then confirm."
            ),
            "A04": self.env._(
                "%(annexes)s ballots annexed for %(expected)s blank and void."
            ),
            "A05": self.env._(
                "Void ballots at %(share)s: this is rare. Check, then confirm."
            ),
            "A08": self.env._(
                "The causes explain %(causes)s void ballots of %(nuls)s: each one has its cause."
            ),
            "A09": self.env._(
                "These figures make %(counted)s ballots, not %(size)s. Count the packet again."
            ),
            "A10": self.env._(
                "%(inscrits)s registered here, %(expected)s at the town hall. Read the list again; if it is right, say why."
            ),
            "A11": self.env._("Nobody voted here? Check, then confirm."),
        }

    def _get_texts_end(self):
        """Sending, photo, code to dictate, two versions."""
        return {
            "result_leaving": self.env._(
                "Result on its way. Keep this phone on until “verified”."
            ),
            "result_kept": self.env._(
                "Result kept. It leaves as soon as the network is back. You may also dictate it to %(phone)s."
            ),
            "photo_hint": self.env._(
                "The whole page, flat, in the light: the town hall types the report again from it."
            ),
            "photo_shrinking": self.env._("The photo is being prepared…"),
            "photo_kept": self.env._("Photo kept: it leaves by itself."),
            "photo_unreadable": self.env._("This photo cannot be read: take it again."),
            "dictate": self.env._("Dictate the result"),
            "dictate_hint": self.env._(
                "Read these four lines to %(phone)s, figure by figure. The town hall reads them back."
            ),
            "dictate_incomplete": self.env._(
                "Enter the whole result first: the code holds every figure."
            ),
            "dictate_day": self.env._("No network? Dictate it"),
            "dictate_day_hint": self.env._(
                "Read this line to %(phone)s, figure by figure. The town hall reads it back."
            ),
            "dictate_day_kept": self.env._(
                "Then send it here all the same: it leaves when the network is back, and nothing is counted twice."
            ),
            "by_sms": self.env._("Send by SMS"),
            "conflict": self.env._("Two versions"),
            "conflict_hint": self.env._(
                "Another version was received at %(hour)s, from another phone or from the town hall. Which one is the paper report?"
            ),
            "mine": self.env._("Mine"),
            "theirs": self.env._("The other one"),
            "differs": self.env._("differs"),
            "keep_mine": self.env._("Keep mine"),
            "take_theirs": self.env._("Take the other one"),
        }
