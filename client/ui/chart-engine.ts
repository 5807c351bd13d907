import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption,
} from 'echarts/components';

// Lines as SVG: sharp in print and on a wall of any size.
register([LineChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  | LineSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | MarkLineComponentOption
  | TooltipComponentOption
>;

/** A chart in an element, as large as it. */
export function drawChart(element: HTMLElement): ECharts {
  return init(element, null, { renderer: 'svg' });
}
