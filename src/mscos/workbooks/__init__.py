"""The containers of workbooks: measured before a library is let at them, and one sheet of an XLSX workbook."""
