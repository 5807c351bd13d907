import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { colourOfClass, iconOfClass } from './part-icon.ts';

const classes = parse<{ id: string; kind: string; minor_zh: string }>(
  readFileSync(new URL('../../../data/dictionary/classes.csv', import.meta.url)),
  { columns: true },
).filter(({ kind }) => kind === 'part');

describe('icons of parts', () => {
  it('tell the common classes of every generation apart', () => {
    const of = (name: string) => iconOfClass(name);
    expect(of('雨水井盖')).toBe('manhole');
    expect(of('雨水箅子')).toBe('grate');
    expect(of('路灯')).toBe('lamp');
    expect(of('路灯配电箱')).toBe('cabinet');
    expect(of('路灯井盖')).toBe('manhole');
    expect(of('交通信号灯')).toBe('signal');
    expect(of('消防设施')).toBe('hydrant');
    expect(of('行道树')).toBe('tree');
    expect(of('垃圾箱')).toBe('bin');
    expect(of('交通护栏')).toBe('fence');
  });

  it('leave few of the classes without one of their own', () => {
    const without = classes.filter(({ minor_zh }) => iconOfClass(minor_zh) === 'other');
    expect(without.length / classes.length).toBeLessThan(0.25);
  });

  it('have a colour by the major class in every generation', () => {
    expect(colourOfClass('2013:P0107')).toEqual(colourOfClass('P01012'));
    expect(colourOfClass('nonsense')).toHaveLength(3);
  });
});
