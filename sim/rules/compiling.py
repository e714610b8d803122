"""How rules are compiled: as numba does it, but for what would cost most of the time.

numba optimises each function, makes machine code of it and wraps it for callers in Python, and does so again in all that call
it. Here a formula stays as it was lowered, for the arguments that its annotations name; the rule that calls it takes it in, and
the whole is optimised and made into machine code once. Of a rule that is kept, only machine code is: nothing else takes it in.
"""

# mypy: disallow-untyped-calls = False
# numba's own parts carry no types.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]  # it carries no types
import numba
from numba import _dynfunc  # type: ignore[attr-defined]  # written in C
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering


def compiled(function: Any, signature: str, cache: bool = False) -> Any:
    """A rule, compiled for arguments of the types that a signature names.

    Sums keep their order and nothing is fused or skipped (no fast-math), so that the same numbers come out wherever and
    whenever it is compiled. Division by zero gives infinity, as in numpy.
    """
    return _made(signature, cache=cache)(function)


def lowered(function: Any, signature: str | None) -> Any:
    """A formula for compiled callers; without a signature for whatever they hand it.

    Whole numbers may stand where numbers are named; numbers are not cut to whole ones, but refused as the rule is compiled.
    """
    made = _made(signature, no_cpython_wrapper=True)(function)
    usual = made.get_call_template

    def uncut(*handed: Any) -> Any:
        template, *rest = usual(*handed)
        template.unsafe_casting = False
        return (template, *rest)

    made.get_call_template = uncut
    return made


def _made(signature: str | None, **how: Any) -> Any:
    how |= {"error_model": "numpy", "no_cfunc_wrapper": True, "pipeline_class": _Compiler}
    return numba.njit(**how) if signature is None else numba.njit(signature, **how)


class _Library(JITCodeLibrary):
    """A function's code, and whose it calls."""

    def add_llvm_module(self, module: Any) -> None:
        """Add code as it is: it is optimised in the end."""
        module.data_layout = self._codegen._data_layout
        self._final_module.link_in(module)

    def add_linking_library(self, library: Any) -> None:
        """Note whose code is called."""
        if not isinstance(library, _Library):
            library._ensure_finalized()
        self._linking_libraries.append(library)

    def finalize(self) -> None:
        """Take in all that is called at whatever depth, optimise, and make machine code."""
        self._raise_if_finalized()
        for library in self._called(set()):
            self._reload_init.update(library._reload_init)
            module = (
                library._as_lowered() if isinstance(library, _Library) else library._get_module_for_linking()
            )
            self._final_module.link_in(module, preserve=True)
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()

    def _called(self, seen: set[Any]) -> Iterator[Any]:
        for library in self._linking_libraries:
            if library not in seen:
                seen.add(library)
                yield library
                if isinstance(library, _Library):
                    yield from library._called(seen)

    def _as_lowered(self) -> Any:
        """The code for those who take it in: they need not keep it once it stands where it is called."""
        if self._shared_module is None:
            self._shared_module = self._final_module.clone()
            for function in self._shared_module.functions:
                if not function.is_declaration and function.linkage == llvm.Linkage.external:
                    function.linkage = "linkonce_odr"
        return self._shared_module

    def serialize_using_object_code(self) -> Any:
        """What is kept: machine code, and the names of the functions in it that are called from outside."""
        names = [one.name for one in self.get_defined_functions() if one.linkage == llvm.Linkage.external]
        bodies = [f'define void @"{name}"() {{\n  ret void\n}}\n' for name in names]
        return (
            self.name,
            "object",
            (self._get_compiled_object(), llvm.parse_assembly("".join(bodies)).as_bitcode()),
        )


@register_pass(mutates_CFG=True, analysis_only=False)
class _Lowering(NativeLowering):
    """Lowering into such a library; a formula's ends there."""

    _name = "lowering_of_rules"

    def run_pass(self, state: Any) -> bool:
        """Lower one function."""
        state.library = _Library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_compile = state.flags.no_cpython_wrapper
        super().run_pass(state)
        if state.flags.no_compile:
            made = state["cr"]
            what = made.fndesc
            name = _dynfunc.make_function(
                what.lookup_module(), what.qualname, "", 0, made.env, (state.library,)
            )
            state.targetctx.insert_user_function(name, what, [state.library])
            state["cr"] = made._replace(cfunc=name)
        return True


class _Compiler(CompilerBase):
    """numba's passes, with that lowering."""

    def define_pipelines(self) -> list[Any]:
        """The passes."""
        manager = PassManager("rules")
        for one, words in DefaultPassBuilder.define_nopython_pipeline(self.state).passes:
            manager.add_pass(_Lowering if one is NativeLowering else one, words)
        manager.finalize()
        return [manager]
