import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DataSourceRef,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { TextMode, PanelBuilder as TextPanel } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';

/** The one data source of all dashboards, as grafana/provisioning/datasources names it. */
export const datasource: DataSourceRef = { type: 'prometheus', uid: 'gameday-prometheus' };

/** One expression and how its series are called. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

export interface ChartOptions {
  readonly title: string;
  /** What it shows and how to read it. */
  readonly description: string;
  /** A Grafana unit: `s`, `reqps`, `percentunit`, `short`, … */
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly stacked?: boolean;
  /** Of 24 columns. Default 12. */
  readonly width?: number;
}

const height = 8;

/** Lines, or areas on top of each other, over time. */
export function chart({
  title,
  description,
  unit,
  queries,
  stacked = false,
  width = 12,
}: ChartOptions): Builder<Panel> {
  return new TimeSeries()
    .title(title)
    .description(description)
    .datasource(datasource)
    .targets(queries.map(target))
    .unit(unit)
    .min(0)
    .height(height)
    .span(width)
    .drawStyle(GraphDrawStyle.Line)
    .showPoints(VisibilityMode.Never)
    .lineWidth(1)
    .fillOpacity(stacked ? 30 : 5)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

export interface StatesOptions extends Pick<ChartOptions, 'title' | 'description' | 'queries'> {
  /** What the values 0 and 1 mean, with a colour each. */
  readonly words: readonly [zero: readonly [text: string, color: string], one: readonly [text: string, color: string]];
}

/** One bar per series, coloured by what it is at each moment. */
export function states({ title, description, queries, words }: StatesOptions): Builder<Panel> {
  const options = Object.fromEntries(words.map(([text, color], value) => [value, { text, color, index: value }]));
  return new StateTimeline()
    .title(title)
    .description(description)
    .datasource(datasource)
    .targets(queries.map(target))
    .height(height)
    .span(12)
    .mappings([{ type: MappingType.ValueToText, options }])
    .mergeValues(true);
}

/** A note in Markdown across the whole width. */
export function note(title: string, markdown: string): Builder<Panel> {
  return new TextPanel().title(title).mode(TextMode.Markdown).content(markdown).height(4).span(24);
}

function target({ expr, legend }: Query, index: number) {
  return new DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(datasource)
    .expr(expr)
    .legendFormat(legend)
    .range();
}
