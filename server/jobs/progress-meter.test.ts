import { expect, test } from 'vitest';
import { createProgressMeter } from './progress-meter.ts';

const reading = { zh: '读取', en: 'reading' };
const writing = { zh: '写入', en: 'writing' };

test('rate and time left are those of the stage', () => {
  let at = 0;
  const meter = createProgressMeter(() => at);
  expect(meter.current()).toBeUndefined();
  meter.report({ stage: reading, done: 0, total: 1000, unit: 'rows' });
  at = 2000;
  meter.report({ stage: reading, done: 400, total: 1000, unit: 'rows' });
  expect(meter.current()).toEqual({
    stage: reading,
    done: 400,
    total: 1000,
    unit: 'rows',
    perSecond: 200,
    secondsLeft: 3,
  });
  meter.report({ stage: writing, done: 10, total: 100, unit: 'rows' });
  expect(meter.current()).not.toHaveProperty('secondsLeft');
  at = 3000;
  meter.report({ stage: writing, done: 40, total: 100, unit: 'rows' });
  expect(meter.current()).toMatchObject({ perSecond: 30, secondsLeft: 2 });
});

test('without a total there is no time left', () => {
  let at = 0;
  const meter = createProgressMeter(() => at);
  meter.report({ stage: reading, done: 0, unit: 'rows' });
  at = 1000;
  meter.report({ stage: reading, done: 50, unit: 'rows' });
  expect(meter.current()).toEqual({ stage: reading, done: 50, unit: 'rows', perSecond: 50 });
});
