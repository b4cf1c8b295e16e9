// From an object to its class, and on to something that isn't the script's.

// # from a caught error to the global object of another realm
// expect: exception EvalError
try { (null as any).a; } catch (error: any) { return error.constructor.constructor('return globalThis')(); }

// # from an error of the full stack
// expect: exception EvalError
const f = (): any => f();
try { f(); } catch (error: any) { return error.constructor.constructor('return this')(); }

// # from an error of an import
// expect: exception EvalError
const error: any = await import('a').catch((error) => error);
return error.constructor.constructor('return this')();

// # from an error of JSON
// expect: exception EvalError
try { JSON.parse('{'); } catch (error: any) { return error.constructor.constructor('return this')(); }

// # from an error of an input
// expect: exception EvalError
// calls: ?desk.add
const error: any = await desk.add({} as any).catch((error) => error);
return error.constructor.constructor('return this')();

// # from an error of the code that refuses code
// expect: exception EvalError
try { eval('1'); } catch (error: any) { return error.constructor.constructor('return this')(); }

// # every error is of the script's own realm
// expect: ok [true, true, true, true, true]
// calls: ?desk.add, !desk.fail
const caught = async (f: () => unknown) => { try { return await f(); } catch (error) { return error; } };
const errors = await Promise.all([caught(() => (null as any).a), caught(() => import('a')), caught(() => desk.add({} as any)), caught(() => desk.fail({ message: 'a' })), caught(() => eval('1'))]);
return errors.map((error) => error instanceof Error);

// # every value that a tool returns is of the script's own realm
// expect: ok [true, true, true]
const nest = await desk.mirror({ nest: { name: 'a', inside: [{}] } });
return [nest instanceof Object, nest.inside instanceof Array, Object.getPrototypeOf(desk.add({ a: 1, b: 2 })) === Promise.prototype];

// # the class of tool errors
// expect: ok ["ToolError", false]
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
return [error.name, 'ToolError' in globalThis];

// # the class of tool errors, constructed by the script
// expect: exception ToolError: forged
// calls: !desk.fail
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
throw new error.constructor('forged');

// # the class of tool errors, extended
// expect: ok true
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
class Own extends error.constructor {}
return new Own('a') instanceof Error;

// # what an error of a tool carries
// expect: ok ["message", "stack"]
const error: any = await desk.fail({ message: 'a' }).catch((error) => error);
return Reflect.ownKeys(error).map(String).sort();

// # the global object, from a plain function
// expect: ok true
return (function (this: unknown) { return this; })() === undefined;

// # the global object, from a getter in sloppy code that the script can't write
// expect: ok true
return [1].map(function (this: unknown) { return this; })[0] === undefined;

// # the top of the script
// expect: ok true
return this === undefined || this === globalThis;

// # the arguments of the function around the script
// expect: exception ReferenceError: arguments is not defined
return arguments;

// # the target of the function around the script
// expect: syntax Unexpected new.target expression
return new.target;

// # the class above the script
// expect: syntax 'super' can only be referenced in members of derived classes
return super.constructor;

// # the maker of iterators
// expect: exception EvalError
return [][Symbol.iterator]().constructor.constructor('return this')();

// # the maker of generators
// expect: exception EvalError
return Object.getPrototypeOf(function* () {}).constructor('return this')();

// # the maker of async generators
// expect: exception EvalError
return Object.getPrototypeOf(async function* () {}).constructor('return this')();

// # the maker of iterator helpers
// expect: exception EvalError
return [1].values().map((x) => x).constructor.constructor('return this')();

// # the maker of formats
// expect: exception EvalError
return (new Intl.NumberFormat() as any).constructor.constructor('return this')();

// # the maker of a bound format
// expect: exception EvalError
return (new Intl.NumberFormat().format as any).constructor('return this')();

// # the maker of the functions of a proxy's revocation
// expect: exception EvalError
return (Proxy.revocable({}, {}).revoke as any).constructor('return this')();

// # the maker of a promise's functions
// expect: exception EvalError
return await new Promise((done) => done((done as any).constructor('return this')()));

// # the maker of the thrower of type errors
// expect: exception EvalError
const thrower = Object.getOwnPropertyDescriptor(Function.prototype, 'caller')?.get as any;
return (thrower ?? Function).constructor('return this')();

// # the maker of symbols
// expect: exception EvalError
return (Symbol('a') as any).constructor.constructor('return this')();

// # the maker of a template's strings
// expect: exception EvalError
return ((strings: any) => strings.raw.constructor.constructor('return this')())`a`;

// # the maker of a match
// expect: exception EvalError
return /(?<a>.)/.exec('a')!.constructor.constructor('return this')();
