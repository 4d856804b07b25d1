# Included right after llama.cpp's own project() call. llama-cpp-python forces llama.cpp's
# common library on, which is neither loaded nor installed by Stage and takes two fifths of
# the compile time; a cache entry written here comes after that and before its use.
set(LLAMA_BUILD_COMMON OFF CACHE BOOL "not used by Stage" FORCE)
