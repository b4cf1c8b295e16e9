declare namespace docs {
  /**
   * Describes a document.
   *
   * Takes its time.
   * @deprecated use `explain`
   */
  function describe(input: Document): Promise<Name[]>;

  /** What a document says of itself. */
  interface Document {
    /** Ends with *\/ and `backticks`. */
    title: string;
    parent?: Document | null;
    /**
     * @format uint8
     * @maximum 9
     * @minimum 1
     */
    priority: number;
    status: Status;
    shape: Shape;
    tags: Record<string, (number | null)[]>;
    /** @items.1.format uint32 */
    pair: [string, number];
    anything: unknown;
  }

  interface Name {
    text: string;
  }

  type Shape = { kind: "Circle"; radius: number } | { kind: "Named" } & Name | { kind: "Empty" };

  type Status =
    /** Nobody has seen it. */
    | "Draft"
    /** Everybody may. */
    | "out-now";
}
