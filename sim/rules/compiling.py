"""How rules are compiled: as numba does it, but for what would cost most of the time.

numba optimises each function, makes machine code of it and wraps it for callers in Python, and does so again in all that call
it. Here a formula stays as it was lowered, for the arguments that its annotations name, and so does what numba brings along
(`np.zeros`); the rule that calls them takes them in, and the whole is optimised and made into machine code once. Of a rule that
is kept, only machine code is: nothing else takes it in. A rule finds its arguments in the tuple in which Python hands them, and
of an array where it lies; who holds arrays is only counted where some are made.
"""

# mypy: disallow-untyped-calls = False
# numba's own parts carry no types.

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cache
from types import CodeType
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]  # it carries no types
import numba
from numba import _dynfunc  # type: ignore[attr-defined]  # written in C
from numba.core import cgutils, ir, types
from numba.core.callwrapper import PyCallWrapper
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.lowering import Lower
from numba.core.typed_passes import NativeLowering
from numba.core.typing.npydecl import NumpyRulesArrayOperator
from numba.core.typing.templates import _OverloadFunctionTemplate
from numba.core.untyped_passes import InlineClosureLikes, InlineInlinables, MakeFunctionToJitFunction
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import as_dtype

_OF_FUNCTIONS_WITHIN = (InlineClosureLikes, InlineInlinables, MakeFunctionToJitFunction)
_operators: Any = NumpyRulesArrayOperator
_of_arrays = _operators.generic


def _of_arrays_alone(self: Any, args: Any, kws: Any) -> Any:
    """What numpy's operators make of arrays: of numbers alone they make nothing, and need not look for long."""
    arrays = any(isinstance(one, types.ArrayCompatible | types.Optional) for one in args)
    return _of_arrays(self, args, kws) if arrays else None


_operators.generic = _of_arrays_alone

_BARE = {"no_cfunc_wrapper": True, "no_cpython_wrapper": True}  # what Python calls is ours


def compiled(function: Any, signature: str, cache: bool = False) -> Any:
    """A rule, compiled for arguments of the types that a signature names.

    Sums keep their order and nothing is fused or skipped (no fast-math), so that the same numbers come out wherever and
    whenever it is compiled. Division by zero gives infinity, as in numpy.
    """
    return _made(function, signature, _RuleCompiler, cache=cache)


def lowered(function: Any, signature: str | None) -> Any:
    """A formula for compiled callers; without a signature for whatever they hand it.

    Whole numbers may stand where numbers are named; numbers are not cut to whole ones, but refused as the rule is compiled.
    """
    made = _made(function, signature, _Compiler)
    usual = made.get_call_template

    def uncut(*handed: Any) -> Any:
        template, *rest = usual(*handed)
        template.unsafe_casting = False
        return (template, *rest)

    made.get_call_template = uncut
    return made


def _made(function: Any, signature: str | None, compiler: type[_Compiler], **how: Any) -> Any:
    how |= {"error_model": "numpy", "pipeline_class": compiler, **_BARE}
    brought: Any = _OverloadFunctionTemplate  # of what numba brings along: that is lowered as formulas are
    usual = brought._get_jit_decorator
    brought._get_jit_decorator = lambda _: lambda **own: numba.jit(**own | _BARE, pipeline_class=_Compiler)
    try:
        return (numba.njit(**how) if signature is None else numba.njit(signature, **how))(function)
    finally:
        brought._get_jit_decorator = usual


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


class _Whole(Lower):
    """A rule's code: it takes all that it is handed in one tuple, and beside it stands what Python calls.

    Of an array it takes where it lies: whoever calls holds it meanwhile.
    """

    def lower_normal_function(self, fndesc: Any) -> None:
        """Make it."""
        whole = copy(fndesc)
        whole.args, whole.argtypes = ["handed"], (types.pyobject,)
        super().lower_normal_function(whole)
        _Wrapper(
            self.context, self.module, self.function, whole, self.env, self.call_helper, release_gil=False
        ).build()

    def extract_function_arguments(self) -> Any:
        """The arguments as the text has them."""
        api = self.context.get_python_api(self.builder)
        (handed,) = self.call_conv.get_arguments(self.function)
        self.fnargs = [
            self._native(api, kind, api.tuple_getitem(handed, place))
            for place, kind in enumerate(self.fndesc.argtypes)
        ]
        with cgutils.if_unlikely(self.builder, cgutils.is_not_null(self.builder, api.err_occurred())):
            self.call_conv.return_exc(self.builder)
        return self.fnargs

    def _native(self, api: Any, kind: Any, given: Any) -> Any:
        if kind == types.float64:
            return api.float_as_double(given)
        if not isinstance(kind, types.Array):
            return api.to_native_value(kind, given).value
        array = self.context.make_array(kind)(self.context, self.builder)
        number, whole = array.data.type, self.context.get_value_type(types.intp)
        # behind the head come the place of the numbers, how many axes there are, and the place of the lengths
        head = object.__basicsize__ // 8
        data, lengths = self._word(given, head, number), self._word(given, head + 2, given.type)
        shape = [self._word(lengths, axis, whole) for axis in range(kind.ndim)]
        strides = [whole(as_dtype(kind.dtype).itemsize)]
        for length in shape[:0:-1]:
            strides.insert(0, self.builder.mul(strides[0], length))
        return populate_array(array, data, shape, strides, strides[-1], None)._getvalue()

    def _word(self, of: Any, place: int, kind: Any) -> Any:
        """One of the words in memory."""
        at = cgutils.pointer_add(self.builder, of, 8 * place)
        return self.builder.load(self.builder.bitcast(at, kind.as_pointer()))


class _Wrapper(PyCallWrapper):
    """What Python calls."""

    def build_wrapper(self, api: Any, builder: Any, _closure: Any, args: Any, _kws: Any) -> None:
        """Its body."""
        own, convention = self.fndesc, self.context.call_conv
        environment = self.get_env(api, builder)
        status, value = convention.call_function(
            builder, self.func, own.restype, own.argtypes, [args], attrs=("noinline",)
        )
        with builder.if_then(status.is_ok, likely=True):
            with builder.if_then(status.is_none):
                api.return_none()
            builder.ret(api.from_native_return(own.restype, value, environment))
        convention.raise_error(builder, api, status)
        builder.ret(api.get_null_object())


@register_pass(mutates_CFG=False, analysis_only=False)
class _Lowering(NativeLowering):
    """Lowering into such a library; a formula's ends there."""

    _name = "lowering_of_rules"
    lowering_class: Any = Lower

    def run_pass(self, state: Any) -> bool:
        """Lower one function."""
        state.library = _Library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_compile = not state.whole
        self.lowering_class = _Whole if state.whole else Lower  # numba has but one of each kind of pass
        # numba asks at every variable how large its type is
        sizes = cache(state.targetctx.get_abi_sizeof)
        state.targetctx = state.targetctx.subtarget(enable_nrt=_counts(state), get_abi_sizeof=sizes)
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


def _counts(state: Any) -> bool:
    """Whether a function makes arrays, or hands one back: only then does it matter who holds them."""
    models = state.targetctx.data_model_manager
    made = {one for one in state.typemap.values() if not isinstance(one, types.Array)} | {state.return_type}
    for one, called in state.calltypes.items():
        if isinstance(one, ir.Expr) and called is not None:
            is_view = "getitem" in one.op and not any(isinstance(of, types.Array) for of in called.args[1:])
            made |= set() if is_view else {called.return_type}
    return any(models[one].contains_nrt_meminfo() for one in made)


class _Compiler(CompilerBase):
    """numba's passes, with that lowering; without those for functions within it if it has none."""

    whole = False

    def define_pipelines(self) -> list[Any]:
        """The passes."""
        self.state.whole = self.whole
        within = any(isinstance(one, CodeType) for one in self.state.func_id.code.co_consts)
        manager = PassManager("rules")
        for one, words in DefaultPassBuilder.define_nopython_pipeline(self.state).passes:
            if within or one not in _OF_FUNCTIONS_WITHIN:
                manager.add_pass(_Lowering if one is NativeLowering else one, words)
        manager.finalize()
        return [manager]


class _RuleCompiler(_Compiler):
    """The same for a rule, which becomes machine code."""

    whole = True
