//! The memory behind array buffers, which is no part of the engine's heap, with a limit of its own.
//!
//! The engine takes an allocator as a table of C functions, so there is no way around `unsafe` here.
#![allow(unsafe_code, reason = "V8's allocator is a table of C functions")]

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deno_core::v8::{Allocator, RustAllocatorVtable, UniqueRef, new_rust_allocator};

/// What the buffers of one isolate have and may have, in bytes.
pub(crate) struct Budget {
    used: AtomicUsize,
    limit: usize,
    /// How often in a row the engine was refused what it asked for.
    refusals: AtomicUsize,
}

/// The engine collects garbage and asks again, so often in all. Only then does it look for heap instead.
const ATTEMPTS: usize = 3;

/// The engine crashes when it doesn't get something this small, so it always does.
const ALWAYS: usize = 64;

/// What `malloc` gives, and more than any typed array needs.
const ALIGNMENT: usize = 16;

impl Budget {
    /// Whether there is room for so many bytes more, which are taken then.
    fn take(&self, bytes: usize) -> bool {
        let taken = self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                let sum = used.checked_add(bytes)?;
                (sum <= self.limit || bytes <= ALWAYS).then_some(sum)
            });
        if taken.is_ok() {
            self.refusals.store(0, Ordering::Relaxed);
        } else {
            self.refusals.fetch_add(1, Ordering::Relaxed);
        }
        taken.is_ok()
    }

    /// Whether the engine looks for heap now because there was no room for a buffer. Says so once.
    pub(crate) fn is_why_heap_is_wanted(&self) -> bool {
        self.refusals.swap(0, Ordering::Relaxed) >= ATTEMPTS
    }

    fn give_back(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::Relaxed);
    }

    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            used: AtomicUsize::new(0),
            limit,
            refusals: AtomicUsize::new(0),
        })
    }

    fn allocate(&self, bytes: usize, with: unsafe fn(Layout) -> *mut u8) -> *mut c_void {
        let Some(layout) = layout(bytes) else {
            return null_mut();
        };
        if !self.take(bytes) {
            return null_mut();
        }
        // SAFETY: the layout's size isn't zero.
        let memory = unsafe { with(layout) };
        if memory.is_null() {
            self.give_back(bytes);
        }
        memory.cast()
    }
}

/// A buffer of no bytes has an address, too.
fn layout(bytes: usize) -> Option<Layout> {
    Layout::from_size_align(bytes.max(1), ALIGNMENT).ok()
}

/// An allocator that keeps to a budget. The engine makes a `RangeError` of what it doesn't get.
pub(crate) fn allocator(budget: Arc<Budget>) -> UniqueRef<Allocator> {
    const TABLE: &RustAllocatorVtable<Budget> = &RustAllocatorVtable {
        allocate: zeroed,
        allocate_uninitialized: uninitialized,
        free,
        drop: drop_budget,
    };
    // SAFETY: the pointer is that of an `Arc`, which `drop_budget` takes back when the engine is done with it.
    unsafe { new_rust_allocator(Arc::into_raw(budget), TABLE) }
}

extern "C" fn zeroed(budget: &Budget, bytes: usize) -> *mut c_void {
    budget.allocate(bytes, alloc_zeroed)
}

extern "C" fn uninitialized(budget: &Budget, bytes: usize) -> *mut c_void {
    budget.allocate(bytes, alloc)
}

unsafe extern "C" fn free(budget: &Budget, memory: *mut c_void, bytes: usize) {
    if let Some(layout) = layout(bytes)
        && !memory.is_null()
    {
        // SAFETY: the engine gives back what it got from `Budget::allocate`, with the size that it asked for.
        unsafe { dealloc(memory.cast(), layout) };
        budget.give_back(bytes);
    }
}

unsafe extern "C" fn drop_budget(budget: *const Budget) {
    // SAFETY: this is the pointer that `allocator` took out of its `Arc`, and the engine says once that it's done.
    drop(unsafe { Arc::from_raw(budget) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_and_given_back() {
        let budget = Budget::new(1_000);
        let first = budget.allocate(900, alloc_zeroed);
        assert!(!first.is_null());
        assert!(budget.allocate(101, alloc_zeroed).is_null());
        assert!(budget.allocate(usize::MAX, alloc_zeroed).is_null());
        let small = budget.allocate(64, alloc);
        assert!(!small.is_null());
        let none = budget.allocate(0, alloc);
        assert!(!none.is_null());
        // SAFETY: each is given back once, with its size.
        unsafe {
            free(&budget, first, 900);
            free(&budget, small, 64);
            free(&budget, none, 0);
        }
        assert_eq!(budget.used.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn new_memory_is_zero_where_the_engine_asks_for_that_and_comes_out_of_the_budget_in_any_case() {
        let budget = Budget::new(1_000);
        for (allocate, is_zeroed) in [
            (zeroed as extern "C" fn(&Budget, usize) -> *mut c_void, true),
            (uninitialized, false),
        ] {
            let memory = allocate(&budget, 600);
            assert!(!memory.is_null());
            assert!(allocate(&budget, 600).is_null());
            // SAFETY: it has 600 bytes, which are looked at only if they were written, and is given back once.
            unsafe {
                if is_zeroed {
                    let bytes = std::slice::from_raw_parts(memory.cast::<u8>(), 600);
                    assert_eq!(bytes, [0; 600]);
                }
                free(&budget, memory, 600);
            }
        }
    }

    #[test]
    fn heap_is_wanted_for_a_buffer_after_the_third_refusal_in_a_row() {
        let budget = Budget::new(100);
        for _ in 0..2 {
            assert!(!budget.take(101));
        }
        assert!(!budget.is_why_heap_is_wanted());
        for _ in 0..3 {
            assert!(!budget.take(101));
        }
        assert!(budget.is_why_heap_is_wanted());
        assert!(!budget.is_why_heap_is_wanted(), "it is said once");
        for bytes in [101, 101, 100, 101] {
            budget.take(bytes);
        }
        assert!(!budget.is_why_heap_is_wanted());
    }
}
