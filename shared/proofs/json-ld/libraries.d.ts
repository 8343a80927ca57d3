/**
 * The parts of two libraries that we call, as they behave in the pinned versions. Only these files are imported:
 * the libraries' own entry points bring document loaders, which the product must not have.
 */
declare module 'jsonld/lib/expand.js' {
  const library: { expand(input: object): Promise<unknown> };
  export default library;
}
declare module 'jsonld/lib/toRdf.js' {
  const library: { toRDF(expanded: unknown, options: object): unknown[] };
  export default library;
}
declare module 'jsonld/lib/context.js' {
  const library: { getInitialContext(options: object): object };
  export default library;
}
declare module 'jsonld/lib/events.js' {
  const library: { safeEventHandler(occurrence: { event: object; next: () => void }): void };
  export default library;
}
declare module 'jsonld/lib/ContextResolver.js' {
  const ContextResolver: new (options: { sharedCache: object }) => object;
  export default ContextResolver;
}
declare module 'rdf-canonize' {
  const library: {
    canonize(quads: readonly unknown[], options: object): Promise<string>;
  };
  export default library;
}
