//! Where declarations and serde differ, and know it.

macro_rules! exceptions {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            /// All of them, each with its docs.
            pub const ALL: &[(Self, &str)] = &[$((Self::$variant, concat!($($doc),+))),+];
        }
    };
}

exceptions! {
    /// What a type accepts and a call refuses, because TypeScript has no type for it. The call says what is wrong; and
    /// the declaration says it in a doc comment.
    Wider {
        /// A number with a fraction where an integer is needed: `@format integer`, or the integer's width such as
        /// `@format uint8`.
        Integer
        /// A number outside of its range: `@minimum`, `@maximum`, `@multipleOf`, or the width of an integer. No integer type
        /// reads a number beyond ±9,007,199,254,740,991: JavaScript may have rounded it before anybody saw it.
        Range
        /// A string in the wrong form: `@pattern`, `@format`.
        Text
        /// A string, an array or an object with too little or too much in it: `@minLength`, `@maxItems` …
        Length
        /// An array that holds something twice: `@uniqueItems`. (serde puts up with it where it reads a set.)
        Unique
        /// A key of a map in the wrong form: `@keys.pattern`.
        Keys
        /// A value that is excluded by name: `@not`.
        Not
        /// A property of another member of a union: TypeScript takes a literal for a union if each of its properties is
        /// one of some member.
        OtherMember
        /// A property that `deny_unknown_fields` forbids, in a value that doesn't stand there as a literal: TypeScript looks
        /// for those in literals only.
        ClosedObject
        /// A property that isn't named, in an object that has named ones as well (a flattened map): an index signature of
        /// TypeScript must cover the named properties, too, and so takes their types for all others.
        IndexSignature
    }
}

exceptions! {
    /// What the type of any JSON Schema accepts and the schema refuses, beside what [`Wider`] names.
    WiderThanSchema {
        /// A value that a condition or an exclusion refuses: `if`, `not`, `contains`, `dependentRequired`,
        /// `unevaluatedProperties`.
        Condition
        /// A value that fits several members of `oneOf`: a union doesn't exclude that.
        Exclusive
        /// A value that is no object, where an object needs nothing but properties that every value inherits, such as
        /// `toString`. An array for a union, where one member's properties are all optional and another's have a name that arrays
        /// inherit: TypeScript tells members apart by it, and then doesn't ask for a property in common.
        Inherited
        /// A text or a number where the schema asks for an object as well, one whose properties are all optional: TypeScript
        /// compares an intersection as a whole.
        Intersection
    }
}

exceptions! {
    /// What a call accepts and a type refuses, on purpose: it is seldom meant, and there is another way to say it.
    Narrower {
        /// A property that the type doesn't have. serde skips it unless `deny_unknown_fields` forbids it; in a literal it is
        /// most likely a mistake.
        UnknownProperty
        /// A struct as the array of its fields, which serde reads as well.
        StructAsArray
        /// A variant without data as an object, `{ "Red": null }` for `"Red"`.
        UnitVariantAsObject
        /// A key of a map that every object inherits, such as `constructor`, in a literal: TypeScript then doesn't look at what
        /// type its value is for, and reads `[1, 2]` there as an array and not as a pair.
        InheritedKey
        /// The tag of a flattened enum as the number of a variant.
        VariantAsNumber
    }
}
