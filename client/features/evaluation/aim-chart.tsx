import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Aims } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { Chart, chartColours } from '../../ui/chart.tsx';
import type { ChartOption } from '../../ui/chart-engine.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const HEIGHT = 132;

/** One aim, month by month; a month without data is a gap, not a zero. */
export function AimChart({ aim, months }: { aim: Aims['items'][number]; months: string[] }) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const title = name(aim.name);
  const option = useMemo<ChartOption>(
    () => ({
      animation: false,
      textStyle: { fontFamily: 'system-ui, "Noto Sans CJK SC", "Noto Sans SC", sans-serif' },
      grid: { left: 0, right: 8, top: 10, bottom: 0, containLabel: true },
      tooltip: {
        trigger: 'axis',
        backgroundColor: chartColours.raised,
        borderColor: chartColours.line,
        textStyle: { color: chartColours.text, fontSize: 13 },
        valueFormatter: (value) => formats.value(typeof value === 'number' ? value : null, aim.unit),
      },
      xAxis: {
        type: 'category',
        data: months.map((month) => formats.period(month)),
        boundaryGap: false,
        axisLine: { lineStyle: { color: chartColours.line } },
        axisTick: { show: false },
        axisLabel: {
          color: chartColours.soft,
          fontSize: 11,
          interval: 0,
          formatter: (_: string, index: number) => String(Number(months[index]?.slice(5))),
        },
      },
      yAxis: {
        type: 'value',
        scale: true,
        splitNumber: 3,
        axisLabel: {
          color: chartColours.soft,
          fontSize: 11,
          formatter: (value: number) =>
            aim.unit === 'rate' ? `${Number((value * 100).toFixed(1))}%` : formats.count(value),
        },
        splitLine: { lineStyle: { color: chartColours.line } },
      },
      series: [
        {
          type: 'line',
          name: title,
          data: aim.values,
          connectNulls: false,
          symbol: 'circle',
          symbolSize: 5,
          lineStyle: { color: chartColours.accent, width: 2 },
          itemStyle: { color: chartColours.accent },
          areaStyle: { color: chartColours.wash },
        },
      ],
    }),
    [aim, months, formats, title],
  );
  const first = aim.values.findIndex((value) => value !== null);
  const last = aim.values.findLastIndex((value) => value !== null);
  const label = t('aims.chart', {
    aim: title,
    from: months[first] ?? '',
    first: formats.value(aim.values[first] ?? null, aim.unit),
    to: months[last] ?? '',
    last: formats.value(aim.values[last] ?? null, aim.unit),
  });
  return <Chart option={option} label={label} heightPixels={HEIGHT} />;
}
