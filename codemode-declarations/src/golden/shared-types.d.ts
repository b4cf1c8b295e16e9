declare namespace a {
  function f(): Promise<Name>;
}

declare namespace b {
  function g(): Promise<Name[]>;

  function h(): Promise<Status>;

  type Status =
    /** Nobody has seen it. */
    | "Draft"
    /** Everybody may. */
    | "out-now";
}

declare interface Name {
  text: string;
}
