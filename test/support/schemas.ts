// Says of a schema and a value: accepted, or the places that do not fit.
import * as v from "valibot";

export function complaints(schema: v.GenericSchema, value: unknown): string[] {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? [] : parsed.issues.map((issue) => v.getDotPath(issue) ?? "");
}

export const fits = (schema: v.GenericSchema, value: unknown): boolean => v.is(schema, value);

/** The value without one member. */
export function without<Value extends object>(value: Value, member: keyof Value): Partial<Value> {
  const { [member]: _, ...rest } = value;
  return rest as Partial<Value>;
}
