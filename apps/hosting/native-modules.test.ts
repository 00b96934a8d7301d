import { expect, it } from "vitest";
import { nativeModuleFailure } from "./native-modules.js";

const failed = (message: string, code?: string) => Object.assign(new Error(message), { code });

it("knows a module that was compiled for another Node.js, through causes as well", () => {
  const error = failed(
    "The module '/home/a/node_modules/.pnpm/better-sqlite3@12/node_modules/better-sqlite3/build/Release/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115.",
    "ERR_DLOPEN_FAILED",
  );
  for (const one of [error, new Error("could not open", { cause: error })]) {
    const failure = nativeModuleFailure(one);
    expect(failure).toMatchObject({
      code: "missing_package",
      details: { module: "better-sqlite3", folder: "/home/a" },
    });
    expect(failure?.message).toContain("it was compiled for another version. Run: npm rebuild (in /home/a).");
  }
});

it("knows one that was never compiled, and one of Windows", () => {
  const tried =
    "Could not locate the bindings file. Tried:\n → /a/node_modules/hnswlib-node/build/addon.node";
  expect(nativeModuleFailure(failed(tried))?.message).toMatch(/^hnswlib-node .* never compiled/u);
  const windows =
    "\\\\?\\C:\\app\\node_modules\\better-sqlite3\\build\\x.node is not a valid Win32 application.";
  expect(nativeModuleFailure(failed(windows, "ERR_DLOPEN_FAILED"))?.details).toEqual({
    module: "better-sqlite3",
    folder: "C:\\app",
  });
});

it("leaves every other failure alone", () => {
  for (const error of [
    "a text",
    failed("disk full", "ENOSPC"),
    failed("Cannot find module 'lodash'", "MODULE_NOT_FOUND"),
  ])
    expect(nativeModuleFailure(error)).toBeUndefined();
});
