// Catch2's main for tests that need another program: exit code 77 (skipped) when it is not there.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>

int main(int argc, char** argv) {
    const char* const oracle = std::getenv("PASSA_XDR_ORACLE");
    if (oracle == nullptr || !std::filesystem::exists(oracle)) {
        std::cerr << "skipped: build contracts/xdr-oracle and set PASSA_XDR_ORACLE to the program\n";
        return 77;
    }
    return Catch::Session().run(argc, argv);
}
