"""Neutral charts as spreadsheet charts that also read in black and white."""

from __future__ import annotations

from typing import Any

from auditkit.reports.sheets import Chart, Series
from auditkit.reports.styles import FONT, INK, QUIET
from auditkit.widths import CHARACTER

_FILLS = ("4A5A6A", "FFFFFF", "AAB8C5")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash")
_MARKS = ("circle", "square", "triangle", "x")
"""Of the versions; a diamond is another method's, as the sign before its waves is."""


def add_chart(ws: Any, chart: Chart) -> None:
    """Put a chart over the rows that its sheet keeps free for it."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

    plot = _bars(ws, chart) if chart.kind == "bars" else _line(ws, chart)
    _axes(plot, chart)
    plot.legend = _legend() if len(chart.series) > 1 else None
    plot.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=0, row=chart.row - 1),
        # Short of the last column's edge: a touch of the next one, and the page would be scaled to hold that too.
        to=AnchorMarker(col=chart.columns - 1, colOff=_most_of(ws, chart.columns), row=chart.last_row),
    )
    ws.add_chart(plot)


def _most_of(ws: Any, column: int) -> int:
    """Drawing units (12,700 a point) of a column without its last 4 points."""
    from openpyxl.utils import get_column_letter

    return int((ws.column_dimensions[get_column_letter(column)].width * CHARACTER - 4) * 12_700)


def _reference(ws: Any, series: Series) -> Any:
    from openpyxl.chart import Reference

    return Reference(ws, min_col=series.column, min_row=series.first, max_row=series.last)


def _series(ws: Any, plot: Any, chart: Chart) -> list[Any]:
    from openpyxl.chart import Series as PlotSeries

    made = []
    for series in chart.series:
        one = PlotSeries(_reference(ws, series), title=series.title)
        plot.series.append(one)
        made.append(one)
    plot.set_categories(_reference(ws, chart.labels))
    return made


def _bars(ws: Any, chart: Chart) -> Any:
    from openpyxl.chart import BarChart

    plot = BarChart()
    plot.type, plot.gapWidth, plot.overlap = "bar", 45, -5
    for at, one in enumerate(_series(ws, plot, chart)):
        one.graphicalProperties.solidFill = _FILLS[at % len(_FILLS)]
        one.graphicalProperties.line.solidFill = INK
        one.graphicalProperties.line.width = 6350
        one.invertIfNegative = False
        one.dLbls = _labels(chart, "outEnd")
    plot.x_axis.scaling.orientation = "maxMin"  # the first row of the table is the upper bar
    plot.x_axis.tickLblSkip = 1  # every section has its name
    plot.y_axis.crosses = "max"
    return plot


def _line(ws: Any, chart: Chart) -> Any:
    from openpyxl.chart import LineChart

    plot = LineChart()
    apart = sum(series.apart for series in chart.series)
    for at, (one, series) in enumerate(zip(_series(ws, plot, chart), chart.series, strict=True), -apart):
        one.smooth = False
        one.dLbls = _labels(chart, "t")
        if series.apart:
            _points(one)
            continue
        one.graphicalProperties.line.solidFill = INK
        one.graphicalProperties.line.width = 22225
        one.graphicalProperties.line.dashStyle = _DASHES[at % len(_DASHES)]
        one.marker.symbol, one.marker.size = _MARKS[at % len(_MARKS)], 7
        one.marker.graphicalProperties.solidFill = "FFFFFF" if at % 2 else INK
        one.marker.graphicalProperties.line.solidFill = INK
    return plot


def _points(one: Any) -> None:
    """Without a line between them; filled, since LibreOffice draws no edge around a point that no line meets."""
    one.graphicalProperties.line.noFill = True
    one.marker.symbol, one.marker.size = "diamond", 10
    one.marker.graphicalProperties.solidFill = _FILLS[2]
    one.marker.graphicalProperties.line.solidFill = QUIET


def _labels(chart: Chart, where: str) -> Any:
    from openpyxl.chart.label import DataLabelList

    labels = DataLabelList(numFmt="0." + "0" * chart.decimals if chart.decimals else "0", dLblPos=where)
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _type(800)
    return labels


def _axes(plot: Any, chart: Chart) -> None:
    from openpyxl.chart.shapes import GraphicalProperties

    for axis in (plot.x_axis, plot.y_axis):
        axis.delete = False  # openpyxl's default hides both from Excel
        axis.txPr = _type(800)
    if chart.percent:
        # Room above 100 for the label of a full score; ticks still end at 100.
        plot.y_axis.scaling.min, plot.y_axis.scaling.max, plot.y_axis.majorUnit = 0, 108, 20
    plot.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_hairline())
    plot.y_axis.numFmt, plot.y_axis.number_format = None, "0"
    plot.x_axis.tickLblPos = "low"
    plot.title = None
    plot.x_axis.title = plot.y_axis.title = None


def _hairline() -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill="D3DCE4", w=6350)


def _legend() -> Any:
    from openpyxl.chart.legend import Legend

    return Legend(legendPos="b", txPr=_type(800))


def _type(size: int) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    face = CharacterProperties(latin=Font(typeface=FONT), sz=size, solidFill=QUIET)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)])
