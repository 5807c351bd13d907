import { useEffect, useRef } from 'react';
import styles from './chart.module.css';
import type { ChartOption, drawChart } from './chart-engine.ts';

/** What a chart is drawn with: the values of `tokens.css`. */
export const chartColours = {
  accent: '#5aa7e8',
  wash: 'rgba(90, 167, 232, 0.14)',
  line: '#2c3338',
  text: '#e8ecef',
  soft: '#aeb8bf',
  raised: '#1f2428',
} as const;

interface ChartProps {
  option: ChartOption;
  /** What the chart shows, in words, for those who do not see it. */
  label: string;
  heightPixels: number;
}

/** A chart by ECharts, whose code is loaded with the first one; it follows the size of its place. */
export function Chart({ option, label, heightPixels }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(option);
  const chart = useRef<ReturnType<typeof drawChart>>(undefined);
  useEffect(() => {
    const place = element.current;
    if (!place) return;
    let ended = false;
    const watcher = new ResizeObserver(() => chart.current?.resize());
    void import('./chart-engine.ts').then((engine) => {
      if (ended) return;
      chart.current = engine.drawChart(place);
      chart.current.setOption(latest.current);
      watcher.observe(place);
    });
    return () => {
      ended = true;
      watcher.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    latest.current = option;
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return (
    <div
      ref={element}
      className={styles.chart}
      style={{ height: heightPixels }}
      role="img"
      aria-label={label}
    />
  );
}
