/** The shape of a catalogue: the same keys, any text. English is checked against Chinese with it. */
export type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };
