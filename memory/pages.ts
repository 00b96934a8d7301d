import type { BaseStore, SearchItem } from "@langchain/langgraph-checkpoint";

/** As much of a store as lists what lies under a prefix: a store, or a transaction in it. */
export interface Listing {
  search(prefix: string[], options: { limit: number; offset: number }): Promise<SearchItem[]>;
}

const PAGE = 500;

/** Everything that lies under a prefix, a page at a time. */
export async function* everyItem(store: Listing, prefix: readonly string[]): AsyncGenerator<SearchItem> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.search([...prefix], { limit: PAGE, offset });
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** Namespaces of what was said with others, one an audience and kind. */
export const talkNamespaces = (store: Pick<BaseStore, "listNamespaces">): Promise<string[][]> =>
  store.listNamespaces({ prefix: ["with"], maxDepth: 2, limit: Number.MAX_SAFE_INTEGER });

/** All of it at once, read page by page: before something of it is removed, since the pages of a listing shift then. */
export async function allItems(store: Listing, prefix: readonly string[]): Promise<SearchItem[]> {
  const items: SearchItem[] = [];
  for await (const item of everyItem(store, prefix)) items.push(item);
  return items;
}
