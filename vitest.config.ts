import { defineConfig } from 'vitest/config';

/** `pure` needs nothing; `real` starts from seeded databases; timeouts are for a machine with two cores. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'pure',
          include: ['server/**/*.test.ts', 'client/**/*.test.{ts,tsx}', 'data/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'real',
          include: ['tests/{api,db,realtime,media,start}/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          pool: 'forks',
        },
      },
    ],
  },
});
