# Included right after llama.cpp's own project() call. llama-cpp-python forces llama.cpp's
# common library on, which Stage does not load and which is 57 of the 140 steps of compiling;
# a cache entry written here comes after that and before its use.
set(LLAMA_BUILD_COMMON OFF CACHE BOOL "not used by Stage" FORCE)
