#include "save_set.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cstdio>
#include <unistd.h>

using namespace shim;

namespace {

std::string contents_of(const std::string &path)
{
    std::string text;
    FILE *file = fopen(path.c_str(), "r");
    for (int c; file && (c = getc(file)) != EOF;)
        text += static_cast<char>(c);
    if (file)
        fclose(file);
    return text;
}

void write_text(const std::string &path, const std::string &text)
{
    FILE *file = fopen(path.c_str(), "w");
    fwrite(text.data(), 1, text.size(), file);
    fclose(file);
}

} // namespace

class SaveSetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SaveSetTest);
    CPPUNIT_TEST(test_what_is_written_is_read);
    CPPUNIT_TEST(test_a_cut_or_changed_set_is_damaged);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        char name[] = "/tmp/save_set_XXXXXX";
        path_ = name;
        int fd = mkstemp(&path_[0]);
        CPPUNIT_ASSERT(fd >= 0);
        close(fd);
    }
    void tearDown() override { unlink(path_.c_str()); }

    void write_set()
    {
        SaveSummary summary;
        summary.written_by = "SYSTEM";
        summary.comment = "a comment";
        summary.block_size = 2048;
        summary.uic = 0x10004;
        summary.date = 12345;
        SaveSetWriter writer;
        CPPUNIT_ASSERT(writer.begin(path_, summary));
        SavedFile file;
        file.name = "[A.B]X.TXT;3";
        file.depth = 1;
        file.attributes.rfm = 2;
        file.attributes.protection = 0xfa00;
        file.created = 77;
        file.revised = 78;
        file.contents = std::string("text\0with a null\n", 17);
        file.beside = "beside";
        CPPUNIT_ASSERT(writer.add(file));
        file.name = "[A]EMPTY.;1";
        file.contents.clear();
        CPPUNIT_ASSERT(writer.add(file));
        CPPUNIT_ASSERT(writer.end());
    }

    /* How many files, and how it ended. */
    SaveSetReader::Answer read_set(unsigned *files)
    {
        SaveSummary summary;
        SaveSetReader reader;
        SavedFile file;
        *files = 0;
        if (!reader.begin(path_, &summary))
            return SaveSetReader::DAMAGED;
        SaveSetReader::Answer answer;
        while ((answer = reader.next(&file)) == SaveSetReader::ENTRY)
            ++*files;
        return answer;
    }

    void test_what_is_written_is_read()
    {
        write_set();
        SaveSummary summary;
        SaveSetReader reader;
        SavedFile file;
        CPPUNIT_ASSERT_EQUAL(size_t(2048), contents_of(path_).size());
        CPPUNIT_ASSERT(reader.begin(path_, &summary));
        CPPUNIT_ASSERT_EQUAL(std::string("a comment"), summary.comment);
        CPPUNIT_ASSERT_EQUAL(uint64_t(12345), summary.date);
        CPPUNIT_ASSERT_EQUAL(SaveSetReader::ENTRY, reader.next(&file));
        CPPUNIT_ASSERT_EQUAL(std::string("[A.B]X.TXT;3"), file.name);
        CPPUNIT_ASSERT_EQUAL(uint32_t(1), file.depth);
        CPPUNIT_ASSERT_EQUAL(std::string("text\0with a null\n", 17), file.contents);
        CPPUNIT_ASSERT_EQUAL(std::string("beside"), file.beside);
        CPPUNIT_ASSERT_EQUAL(uint64_t(78), file.revised);
        CPPUNIT_ASSERT_EQUAL(uint16_t(0xfa00), file.attributes.protection);
        CPPUNIT_ASSERT_EQUAL(SaveSetReader::ENTRY, reader.next(&file));
        CPPUNIT_ASSERT_EQUAL(std::string(), file.contents);
        CPPUNIT_ASSERT_EQUAL(SaveSetReader::END, reader.next(&file));
    }

    void test_a_cut_or_changed_set_is_damaged()
    {
        write_set();
        const std::string whole = contents_of(path_);
        size_t used = whole.find_last_not_of('\0') + 1;
        unsigned files;
        for (size_t size = 0; size < used; ++size) {
            write_text(path_, whole.substr(0, size));
            CPPUNIT_ASSERT_EQUAL(SaveSetReader::DAMAGED, read_set(&files));
        }
        for (size_t at = 0; at < used; ++at) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x10);
            write_text(path_, changed);
            CPPUNIT_ASSERT_EQUAL(SaveSetReader::DAMAGED, read_set(&files));
        }
    }

private:
    std::string path_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SaveSetTest);
