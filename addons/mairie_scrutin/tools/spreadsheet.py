"""Cells of the first sheet of an XLSX file, as text; files of results in either form."""

import io
import zipfile

import openpyxl
from odoo.exceptions import UserError
from openpyxl.utils.exceptions import InvalidFileException

from ..lib import ministry_record

ZIP = b"PK"


class NotASpreadsheet(ValueError):
    """What was given is no XLSX file that can be read."""


def read_rows(content):
    """Rows of text. :raise NotASpreadsheet: whatever is wrong with the file"""
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in book.worksheets[0].iter_rows(values_only=True)
        ]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        SyntaxError,  # what lxml and ElementTree raise on broken XML
        TypeError,
        AttributeError,
    ) as error:
        raise NotASpreadsheet(str(error)) from error


def is_spreadsheet(content):
    return content.startswith(ZIP)


def read_ministry(env, content):
    """The ministry's file, whether a spreadsheet or text.

    :raise UserError: it says that it is a spreadsheet, and is not
    """
    if not is_spreadsheet(content):
        return ministry_record.parse(content)
    try:
        return ministry_record.parse_rows(read_rows(content))
    except NotASpreadsheet as error:
        raise UserError(
            env._("This spreadsheet cannot be read. Save it again as XLSX.")
        ) from error
