import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsPerWorkingDay } from '#clock/limits';

type DurationUnit = 'minute' | 'hour' | 'day' | 'workDay';

const secondsOf: Record<DurationUnit, number> = {
  minute: 60,
  hour: 3600,
  day: 86_400,
  workDay: secondsPerWorkingDay,
};

interface DurationInputProps {
  /** The time the clock runs in: a working day has 6.5 h. */
  timing: 'natural' | 'working';
  id?: string;
  /** Seconds of the clock's own time. */
  value?: number | undefined;
  onChange?: (seconds: number | undefined) => void;
  size?: 'large' | 'middle';
}

/** An amount of time in minutes, hours or days of a clock's own time. */
export function DurationInput({ timing, id, value, onChange, size = 'large' }: DurationInputProps) {
  const { t } = useTranslation('cases');
  const units: DurationUnit[] = ['minute', 'hour', timing === 'working' ? 'workDay' : 'day'];
  const [unit, setUnit] = useState<DurationUnit>(() => bestUnit(value, units));
  const amount = value === undefined ? null : Math.round((value / secondsOf[unit]) * 100) / 100;
  const tell = (next: number | null, of: DurationUnit) =>
    onChange?.(next === null ? undefined : Math.round(next * secondsOf[of]));
  return (
    <Space.Compact>
      <InputNumber
        {...(id ? { id } : {})}
        aria-label={t('secondsAmount')}
        size={size}
        min={0.5}
        max={10_000}
        step={unit === 'minute' ? 10 : 1}
        inputMode="decimal"
        value={amount}
        onChange={(next) => tell(next, unit)}
      />
      <Select<DurationUnit>
        aria-label={t('secondsUnitLabel')}
        size={size}
        style={{ minWidth: 116 }}
        value={unit}
        onChange={(next) => {
          setUnit(next);
          tell(amount, next);
        }}
        options={units.map((one) => ({ value: one, label: t(`secondsUnit.${one}`) }))}
      />
    </Space.Compact>
  );
}

/** The largest unit of which the duration is a multiple of a half; hours for none. */
function bestUnit(seconds: number | undefined, units: DurationUnit[]): DurationUnit {
  if (seconds === undefined) return 'hour';
  return [...units].reverse().find((unit) => (2 * seconds) % secondsOf[unit] === 0) ?? 'hour';
}
