import { expect, test } from 'vitest';
import { placeAlong } from './place-along.ts';

const screen = {
  isOnScreen: ({ x, y }: { x: number; y: number }) => x >= 0 && y >= 0 && x <= 1000 && y <= 1000,
};

test('a name stands in the middle of the visible stretch, along it', () => {
  const place = placeAlong([{ x: -500, y: 0 }, { x: 0, y: 100 }, { x: 400, y: 500 }, null], 100, screen);
  expect(place).toMatchObject({ x: 200, y: 300 });
  expect(place?.angle).toBeCloseTo(Math.PI / 4);
});

test('a name never stands on its head', () => {
  const place = placeAlong(
    [
      { x: 400, y: 500 },
      { x: 0, y: 500 },
    ],
    100,
    screen,
  );
  expect(place?.angle).toBeCloseTo(0);
});

test('no name on a line that is too short or too bent', () => {
  expect(
    placeAlong(
      [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
      ],
      100,
      screen,
    ),
  ).toBeNull();
  expect(
    placeAlong(
      [
        { x: 0, y: 0 },
        { x: 80, y: 0 },
        { x: 80, y: 80 },
      ],
      120,
      screen,
    ),
  ).toBeNull();
});
