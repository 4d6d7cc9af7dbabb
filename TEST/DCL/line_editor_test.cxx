/*
**  line_editor_test - keys in, the line out; recall
*/
#include "line_editor.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace shim::dcl;

namespace {

const char UP[] = "\x1b[A", DOWN[] = "\x1bOB", LEFT[] = "\x1b[D", RIGHT[] = "\x9b" "C";

/* The line after these keys; the state of the last one. */
std::string line_after(const std::string &keys, bool insert = false, const Recall *recall = 0,
                       LineEditor::State *state = 0)
{
    LineEditor editor("$ ", recall, insert, true, 80);
    std::string screen;
    editor.begin("", &screen);
    LineEditor::State last = LineEditor::TYPING;
    for (char c : keys)
        last = editor.feed(c, &screen);
    if (state)
        *state = last;
    return editor.text();
}

} // namespace

class LineEditorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LineEditorTest);
    CPPUNIT_TEST(test_keys);
    CPPUNIT_TEST(test_ends);
    CPPUNIT_TEST(test_recall);
    CPPUNIT_TEST(test_screen);
    CPPUNIT_TEST(test_defined_keys);
    CPPUNIT_TEST(test_unseen_key);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_keys()
    {
        const struct {
            std::string keys;
            bool insert;
            const char *line;
        } rows[] = {
            {"abc", false, "abc"},
            {std::string("abc") + LEFT + LEFT + "X", false, "aXc"},
            {std::string("abc") + LEFT + LEFT + "X", true, "aXbc"},
            {std::string("abc") + LEFT + LEFT + "\x01X", false, "aXbc"},
            {"abc\x04\x04\x04\x04Z", true, "Zabc"},
            {"abc\x08Z\x05!", false, "Zbc!"},
            {std::string("ac\x08") + RIGHT + "\x1b[26~b", false, "abc"},
            {"one two  \x0a", false, "one "},
            {"one two\x1b[25~x", false, "one x"},
            {"abc\x04\x15", false, "c"},
            {"abc\x04\x18" "d", false, "d"},
            {"ab\x7f\x7f\x7f" "c", false, "c"},
            {"a\tb", false, "a\tb"},
            {"a\x1b[99~b\x1bOQc", false, "abc"},
        };
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL(std::string(row.line), line_after(row.keys, row.insert));
    }

    void test_ends()
    {
        const struct {
            char key;
            LineEditor::State state;
        } rows[] = {{'\r', LineEditor::DONE},      {'\x1a', LineEditor::END_OF_FILE},
                    {'\x19', LineEditor::INTERRUPT}, {'\x03', LineEditor::CANCEL},
                    {'\x14', LineEditor::STATUS},  {'x', LineEditor::TYPING}};
        for (const auto &row : rows) {
            LineEditor::State state;
            line_after(std::string("ab") + row.key, false, 0, &state);
            CPPUNIT_ASSERT_EQUAL(static_cast<int>(row.state), static_cast<int>(state));
        }
    }

    void test_recall()
    {
        Recall recall;
        for (const char *line : {"one", "two", "two", "  ", "RECALL/ALL", "three"})
            recall.add(line);
        CPPUNIT_ASSERT_EQUAL(size_t(3), recall.size());
        CPPUNIT_ASSERT_EQUAL(std::string("three"), recall.line(1));
        CPPUNIT_ASSERT_EQUAL(size_t(2), recall.find("TW"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), recall.find("four"));
        const struct {
            std::string keys;
            const char *line;
        } rows[] = {{std::string("new") + UP + UP, "two"},
                    {std::string(UP) + UP + UP + UP, "one"},
                    {std::string("new") + UP + DOWN, "new"},
                    {"\x02!", "three!"}};
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL(std::string(row.line), line_after(row.keys, false, &recall));
        CPPUNIT_ASSERT_EQUAL(std::string("x"), line_after(std::string("x") + UP));
        for (int i = 0; i < 400; ++i)
            recall.add("line " + std::to_string(i));
        CPPUNIT_ASSERT_EQUAL(Recall::MOST + 0, recall.size());
    }

    /* DEFINE/KEY: the text is typed for the person; states; a key without one moves the cursor. */
    void test_defined_keys()
    {
        KeyTable keys;
        KeyDefinition time, gold, show, golden, locking;
        time.text = "SHOW TIME";
        time.terminate = true;
        gold.set_state = "GOLD";
        show.text = "SHOW ";
        golden.text = "DIRECTORY";
        golden.erase = true;
        locking.set_state = "GOLD";
        locking.lock = true;
        keys.define("DEFAULT", "PF1", gold);
        keys.define("DEFAULT", "PF2", time);
        keys.define("DEFAULT", "KP0", show);
        keys.define("GOLD", "KP0", golden);
        keys.define("DEFAULT", "F17", locking);
        const char PF1[] = "\x1bOP", PF2[] = "\x1bOQ", KP0[] = "\x1bOp", F17[] = "\x1b[31~";
        const struct {
            std::string typed, line;
            bool done;
        } rows[] = {
            {std::string(KP0) + "KEY", "SHOW KEY", false},
            {PF2, "SHOW TIME", true},
            {std::string("abc") + PF1 + KP0, "DIRECTORY", false},
            {std::string("abc") + PF1 + PF2 + KP0, "abcSHOW ", false},
            {std::string("abc") + LEFT + "X", "abX", false},
            {std::string(F17) + KP0 + "X" + KP0, "DIRECTORY", false},
        };
        for (const auto &row : rows) {
            keys.set_state("DEFAULT");
            LineEditor editor("$ ", 0, false, true, 80, &keys);
            std::string screen;
            LineEditor::State last = LineEditor::TYPING;
            editor.begin("", &screen);
            for (char c : row.typed)
                last = editor.feed(c, &screen);
            CPPUNIT_ASSERT_EQUAL(row.line, editor.text());
            CPPUNIT_ASSERT_EQUAL(row.done, last == LineEditor::DONE);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("ENTER"), key_named("ENT"));
        CPPUNIT_ASSERT_EQUAL(std::string(), key_named("KP"));
    }

    /* A definition without echo ends the line unseen. */
    void test_unseen_key()
    {
        KeyTable keys;
        KeyDefinition key;
        key.text = "secret";
        key.echo = false;
        key.terminate = true;
        keys.define("DEFAULT", "DO", key);
        LineEditor editor("$ ", 0, false, true, 80, &keys);
        std::string screen;
        editor.begin("", &screen);
        for (char c : std::string("\x1b[29~"))
            editor.feed(c, &screen);
        CPPUNIT_ASSERT_EQUAL(std::string("secret"), editor.text());
        CPPUNIT_ASSERT(screen.find("secret") == std::string::npos);
    }

    /* What is typed at the end is written as it is; without echo nothing but the prompt is seen. */
    void test_screen()
    {
        LineEditor quiet("Password: ", 0, false, false, 80);
        std::string screen;
        quiet.begin("", &screen);
        for (char c : std::string("secret\x04\x7fx"))
            quiet.feed(c, &screen);
        CPPUNIT_ASSERT_EQUAL(std::string("secrx"), quiet.text());
        CPPUNIT_ASSERT(screen.find('s', screen.rfind("Password: ") + 10) == std::string::npos);
        LineEditor editor("$ ", 0, false, true, 80);
        screen.clear();
        editor.begin("", &screen);
        screen.clear();
        editor.feed('a', &screen);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), screen);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LineEditorTest);
