/** References to what is inside of nested attributes. */
import { ComplexList, ComplexMap, type ComplexObject } from "cdktf";

/** The classes that the generator writes for nested attributes. */
export type OutputClass<T> = new (...parent: ConstructorParameters<typeof ComplexObject>) => T;

type Parent = ConstructorParameters<typeof ComplexList>[0];

/** A list, or a set as a list, of nested attributes. */
export class OutputList<T> extends ComplexList {
  constructor(
    parent: Parent,
    attribute: string,
    private readonly isSet: boolean,
    private readonly element: OutputClass<T>,
  ) {
    super(parent, attribute, isSet);
  }

  /** The element at an index, from 0. */
  get(index: number): T {
    return new this.element(this.terraformResource, this.terraformAttribute, this.isSet, index);
  }
}

/** A map of nested attributes. */
export class OutputMap<T> extends ComplexMap {
  constructor(
    parent: Parent,
    attribute: string,
    private readonly element: OutputClass<T>,
  ) {
    super(parent, attribute);
  }

  /** The element with a key. */
  get(key: string): T {
    return new this.element(this.terraformResource, `${this.terraformAttribute}[${JSON.stringify(key)}]`, false);
  }
}
