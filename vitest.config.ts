import { defineConfig } from 'vitest/config'

/** Unit, contract and integration tests run under Node 24 (node:sqlite); end-to-end tests drive a real browser. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/bench/**', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
