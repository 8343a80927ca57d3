/*
 * Stands in for the package `setimmediate`, which rdf-canonize loads in browsers: that one makes functions out of
 * text, which the extension's CSP forbids (threat T62). The library only uses it to let other work through.
 */
globalThis.setImmediate ??= (run) => setTimeout(run, 0);
