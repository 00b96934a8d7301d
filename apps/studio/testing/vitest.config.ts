import { defineConfig } from "vitest/config";

// npm run studio-test: what takes too long for npm test.
export default defineConfig({
  test: { include: ["apps/studio/testing/*.long.ts"], testTimeout: 60_000, maxWorkers: 1 },
});
