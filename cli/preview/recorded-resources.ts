import type { Registered } from "./registered-resource";

/** All resources that were registered, in order. */
export class Resources {
  /** In the order of their registration. */
  readonly all: Registered[] = [];

  /** The type and name of each, for messages. */
  get list(): string[] {
    return this.all.map(({ type, name }) => `${type} ${name}`);
  }

  /** Returns the resources of a type. */
  ofType(type: string): Registered[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /**
   * Returns the only resource of a type, or of a type and name.
   *
   * @throws Error where there is none or more than one.
   */
  one(type: string, name?: string): Registered {
    const found = this.ofType(type).filter((resource) => (name ?? resource.name) === resource.name);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(
        `expected one ${type} ${name ?? ""}, found ${found.length} among:\n${this.list.join("\n")}`,
      );
    }
    return only;
  }

  /** Returns the children of a resource. */
  childrenOf({ urn }: Registered): Registered[] {
    return this.all.filter(({ parent }) => parent === urn);
  }
}
